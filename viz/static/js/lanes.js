/* The lanes as buttons over the canvas: each stays in view while any of its band is. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { AXIS, amountOf, make, plural } = knockon;
  const TALL = 26;

  class LaneButtons {
    constructor(model, holder, { onToggle, onFocus }) {
      Object.assign(this, { model, holder, onToggle, onFocus });
      this.build();
    }

    /** A button for each lane there is now. */
    build() {
      const focused = this.entries?.find(({ button }) => button === document.activeElement)?.lane.key;
      this.entries = this.model.lanes.map((lane) => this.entry(lane));
      this.holder.replaceChildren(...this.entries.map(({ button }) => button));
      this.entries.find(({ lane }) => lane.key === focused)?.button.focus();
    }

    entry(lane) {
      const { into, out } = this.model.crossings((mark) => mark.lane === lane.number);
      const counts = [plural(lane.marks.length, "item"), into && `waits for ${amountOf(into)}`, out && `needed by ${amountOf(out)}`];
      const sign = make("span", { class: "sign", "aria-hidden": "true" });
      const button = make("button", { type: "button", onclick: () => this.onToggle(lane) },
        sign, make("b", {}, lane.title), " ", make("small", {}, counts.filter(Boolean).join(" · ")));
      button.addEventListener("focus", () => this.onFocus(lane));
      return { lane, button, sign };
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
