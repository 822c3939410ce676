/* The themes as buttons over the canvas: each stays in view while any of its band is. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { AXIS, make, plural } = knockon;
  const TALL = 26;

  class LaneButtons {
    constructor(model, holder, { onToggle, onFocus }) {
      this.entries = model.lanes.map((lane) => {
        const inside = (mark) => model.lanes[mark.lane] === lane;
        const { into, out } = model.crossings(inside);
        const items = plural(model.marks.filter(inside).length, "item");
        const counts = [items, into && `waits for ${into}`, out && `needed by ${out}`].filter(Boolean);
        const sign = make("span", { class: "sign", "aria-hidden": "true" });
        const button = make("button", { type: "button", onclick: () => onToggle(lane) },
          sign, make("b", {}, lane.title), " ", make("small", {}, counts.join(" · ")));
        button.addEventListener("focus", () => onFocus(lane));
        holder.append(button);
        return { lane, button, sign };
      });
    }

    place(view) {
      for (const { lane, button, sign } of this.entries) {
        const top = Math.max(view.y(lane.top) + 2, AXIS);
        const isSeen = top < view.height && view.y(lane.bottom) - top >= TALL; // never over the next one
        button.style.visibility = isSeen ? "visible" : "hidden";
        button.style.transform = `translateY(${isSeen ? Math.round(top) : 0}px)`;
        button.setAttribute("aria-expanded", String(!lane.closed));
        sign.textContent = lane.closed ? "▸" : "▾";
      }
    }
  }

  knockon.LaneButtons = LaneButtons;
})();
