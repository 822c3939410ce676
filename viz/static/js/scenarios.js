/* Scenarios somebody makes in the page: named lists of changes as scenario files hold them, with undo.
   Nothing is drawn here and nothing is computed. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const KEPT = 100; // steps back
  const NOUNS = { d: "day", w: "week", m: "month" };

  const copy = (value) => JSON.parse(JSON.stringify(value));

  /** `2m` as [2, "m"]; what is not so written as nothing. */
  function readSpan(by) {
    const found = /^(\d+)([dwm])$/.exec(by || "");
    return found ? [Number(found[1]), found[2]] : [0, "m"];
  }

  function spanWords(by) {
    const [amount, unit] = readSpan(by);
    return `${amount} ${NOUNS[unit]}${amount === 1 ? "" : "s"}`;
  }

  class ScenarioBook {
    constructor(plan, onChange) {
      this.plan = plan;
      this.onChange = onChange;
      this.state = { list: [{ name: "Scenario A", changes: [] }], current: 0, beside: null };
      this.past = [];
      this.holding = null; // the control that is being moved: all of its steps are one
    }

    get current() {
      return this.state.list[this.state.current];
    }

    get beside() {
      return this.state.beside === null ? null : this.state.list[this.state.beside];
    }

    /** Change the state in one step that can be undone; `holding` joins the steps of one control. */
    change(act, holding = null) {
      if (holding === null || holding !== this.holding) {
        this.past.push(copy(this.state));
        if (this.past.length > KEPT) this.past.shift();
      }
      this.holding = holding;
      act(this.state);
    }

    letGo() {
      this.holding = null;
    }

    undo() {
      if (!this.past.length) return false;
      this.state = this.past.pop();
      this.holding = null;
      return true;
    }

    add(change) {
      this.change(() => this.current.changes.push(change));
    }

    remove(place) {
      this.change(() => this.current.changes.splice(place, 1));
    }

    replace(place, change, holding) {
      this.change(() => this.current.changes.splice(place, 1, change), holding);
    }

    reset() {
      this.change(() => {
        this.current.changes = [];
      });
    }

    rename(name) {
      this.change(() => {
        this.current.name = name;
      }, "name");
    }

    /** A further scenario, which begins as a copy of this one, held beside it. */
    begin() {
      this.change((state) => {
        const taken = new Set(state.list.map((one) => one.name));
        const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `Scenario ${letter}`);
        const name = letters.find((one) => !taken.has(one)) || `Scenario ${state.list.length + 1}`;
        state.list.push({ name, changes: copy(this.current.changes) });
        state.beside = state.current;
        state.current = state.list.length - 1;
      });
    }

    /** Take this scenario away; the last one is only emptied. */
    drop() {
      if (this.state.list.length === 1) return this.reset();
      return this.change((state) => {
        state.list.splice(state.current, 1);
        state.current = Math.max(0, state.current - 1);
        state.beside = null;
      });
    }

    show(place) {
      this.change((state) => {
        if (state.beside === place) state.beside = state.current;
        state.current = place;
      });
    }

    compare(place) {
      this.change((state) => {
        state.beside = place;
      });
    }

    /** The scenario as a file that `knockon whatif --scenario` takes. */
    toFile(scenario) {
      const { name, changes } = scenario;
      return `${JSON.stringify({ schema: "knockon/scenario@1", name, plan: this.plan, changes }, null, 2)}\n`;
    }
  }

  Object.assign(knockon, { ScenarioBook, readSpan, spanWords });
})();
