/* The changes of a scenario as controls: for each a kind, a slider with a number beside it, or a date. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { DAY, civil, div, make, readSpan } = knockon;
  const UNITS = { d: ["days", 180, 3653], w: ["weeks", 52, 520], m: ["months", 24, 120] };

  const isoDay = (day) => civil(day).map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join("-");

  class ChangeList {
    /** `name` gives an item's or a group's words; `onEdit(place, change, holding)` takes a new one. */
    constructor(engine, { name, onEdit, onRemove, onSettle }) {
      Object.assign(this, { engine, name, onEdit, onRemove, onSettle });
      this.list = document.getElementById("w-changes");
    }

    show(changes) {
      this.list.replaceChildren(...changes.map((change, place) => this.card(change, place)));
      document.getElementById("w-none").hidden = changes.length > 0;
    }

    card(change, place) {
      const { id, title } = this.name(change);
      const controls = make("div", { class: "w-controls" });
      const card = make("li", {}, make("fieldset", {},
        make("legend", {}, id ? make("span", { class: "id" }, id) : null, id ? " " : null, title),
        controls));
      this.fill(controls, change, place);
      return card;
    }

    fill(controls, change, place) {
      const kinds = this.kinds(change);
      const key = (field) => `w-${field}-${place}`;
      const parts = [];
      if (kinds.length > 1) {
        const choose = make("select", { id: key("kind") });
        kinds.forEach(([value, words]) => choose.append(make("option", { value }, words)));
        choose.value = kindOf(change);
        choose.addEventListener("change", () => {
          const made = this.turn(change, choose.value);
          this.onEdit(place, made, null);
          this.fill(controls, made, place);
          document.getElementById(key("kind")).focus();
        });
        parts.push(make("div", { class: "w-kind" }, make("label", { class: "unseen", for: key("kind") }, "What happens to it"), choose));
      } else parts.push(make("p", { class: "w-kind" }, kinds[0][1]));
      parts.push(...(change.op === "set" ? this.dateControls(change, place, key) : this.slipControls(change, place, key)));
      controls.replaceChildren(...parts);
    }

    removeButton(change, place) {
      return make("button", {
        type: "button", onclick: () => this.onRemove(place), "aria-label": `Remove the change of ${this.name(change).short}`,
      }, "Remove");
    }

    kinds(change) {
      if (change.op === "slip_group") return [["slip", "Everything unfinished slips by"]];
      const position = this.engine.at.get(change.item);
      const isParent = this.engine.leavesBelow(position).some((leaf) => leaf !== position);
      const found = isParent
        ? [["slip", "Everything unfinished in it slips by"], ["own", "Only its own finish slips by"]]
        : [["slip", "Slips by"]];
      const planned = this.engine.settable(position);
      if (planned) found.push(["finish", isParent ? "Its own finish is set to" : "Is set to finish on"]);
      if (planned && planned[0] !== knockon.NEVER) found.push(["start", isParent ? "Its own start is set to" : "Is set to start on"]);
      return found;
    }

    /** The same item with another kind of change. */
    turn({ item, by }, kind) {
      if (kind === "slip") return { op: "slip", item, by: by || "1m" };
      if (kind === "own") return { op: "slip", item, by: by || "1m", own: true };
      const [start, finish] = this.engine.settable(this.engine.at.get(item));
      const day = kind === "start" ? div(start, DAY) : div(finish - 1, DAY);
      return { op: "set", item, [kind]: isoDay(day) };
    }

    slipControls(change, place, key) {
      const [amount, unit] = readSpan(change.by);
      const name = this.name(change).short;
      const slider = make("input", { type: "range", id: key("slider"), min: 0, max: UNITS[unit][1], step: 1 });
      const field = make("input", { type: "number", id: key("amount"), min: 0, max: UNITS[unit][2], step: 1, inputmode: "numeric" });
      const units = make("select", { id: key("unit") });
      Object.entries(UNITS).forEach(([value, [words]]) => units.append(make("option", { value }, words)));
      units.value = unit;
      const [why, complain] = whyLine(field);
      const say = () => slider.setAttribute("aria-valuetext", `${slider.value} ${UNITS[units.value][0]}`);
      const edit = (value) => {
        this.onEdit(place, { ...this.now(place), by: `${value}${units.value}` }, key("amount"));
        say();
      };
      slider.value = field.value = amount;
      slider.addEventListener("input", () => {
        field.value = slider.value;
        complain("");
        edit(Number(slider.value));
      });
      field.addEventListener("input", () => {
        const isWhole = /^\d+$/.test(field.value) && Number(field.value) <= UNITS[units.value][2];
        complain(isWhole ? "" : `Type a whole number from 0 to ${UNITS[units.value][2]}.`);
        if (!isWhole) return undefined;
        slider.value = field.value;
        return edit(Number(field.value));
      });
      units.addEventListener("change", () => {
        slider.max = UNITS[units.value][1];
        field.max = UNITS[units.value][2];
        field.value = Math.min(Number(field.value) || 0, UNITS[units.value][2]);
        slider.value = field.value;
        complain("");
        this.onSettle();
        edit(Number(field.value));
        this.onSettle();
      });
      for (const control of [slider, field]) control.addEventListener("change", () => this.onSettle());
      say();
      return [
        make("div", { class: "w-amount" }, make("label", { class: "unseen", for: key("amount") }, `Slip of ${name}`), field,
          make("label", { class: "unseen", for: key("unit") }, `Unit of the slip of ${name}`), units, this.removeButton(change, place)),
        why,
        make("div", {}, make("label", { class: "unseen", for: key("slider") }, `Slider for the slip of ${name}`), slider),
      ];
    }

    dateControls(change, place, key) {
      const end = change.finish ? "finish" : "start";
      const field = make("input", { type: "date", id: key("date"), min: "1900-01-01", max: "2200-12-31" });
      field.value = change[end];
      const [why, complain] = whyLine(field);
      field.addEventListener("input", () => {
        const isDay = knockon.parseDay(field.value) !== null;
        complain(isDay ? "" : "Give a whole date from 1900 to 2200.");
        if (!isDay) return undefined;
        return this.onEdit(place, { ...change, [end]: field.value }, key("date"));
      });
      field.addEventListener("change", () => this.onSettle());
      return [make("div", { class: "w-amount" },
        make("label", { class: "unseen", for: key("date") }, `New ${end} of ${this.name(change).short}`), field,
        this.removeButton(change, place)), why];
    }
  }

  /** A line below a field that says why it cannot be used, and what shows and hides it. */
  function whyLine(field) {
    const line = make("p", { class: "why", id: `${field.id}-why`, hidden: "" });
    const complain = (words) => {
      line.textContent = words;
      line.hidden = words === "";
      for (const [name, value] of [["aria-invalid", "true"], ["aria-describedby", line.id]]) {
        if (words) field.setAttribute(name, value);
        else field.removeAttribute(name);
      }
    };
    return [line, complain];
  }

  function kindOf(change) {
    if (change.op === "set") return change.finish ? "finish" : "start";
    return change.own ? "own" : "slip";
  }

  knockon.ChangeList = ChangeList;
})();
