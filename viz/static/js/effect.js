/* What a scenario does to the map: moved marks stand at their new dates, hollow ones where they stood.
   Only marks that move, or did before, are touched. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});

  class Effect {
    constructor(model) {
      this.model = model;
      this.homes = new Map(); // where moved marks stand without the scenario
      this.days = model.axis.days;
    }

    /** Move marks: by number, x of both ends, of the latest end, and whether they become late. */
    show(moves) {
      for (const [number, home] of this.homes) if (!moves.has(number)) this.restore(number, home);
      for (const [number, move] of moves) {
        const mark = this.model.all.get(number);
        if (mark) this.move(mark, move);
      }
      const last = Math.max(0, ...[...moves.values()].map((move) => Math.max(move.right, move.latest)));
      this.model.axis.days = Math.max(this.days, Math.ceil(last / this.model.axis.perDay) + 1);
      this.model.limitLabels();
      this.model.stack();
    }

    move(mark, { left, right, latest, late }) {
      const { number } = mark;
      if (!this.homes.has(number)) {
        const { left: l, right: r, reach, ghost, latest: after, state } = mark;
        this.homes.set(number, { left: l, right: r, reach, ghost, latest: after, state });
      }
      const home = this.homes.get(number);
      mark.left = left;
      mark.right = right;
      mark.reach = home.reach + Math.max(0, Math.max(right, latest) - home.right);
      mark.ghost = home.right;
      mark.latest = latest > right ? latest : null;
      mark.state = late ? "late" : home.state === "done" ? "done" : "free"; // its room is not known now
    }

    restore(number, home) {
      Object.assign(this.model.all.get(number), home);
      this.homes.delete(number);
    }
  }

  knockon.Effect = Effect;
})();
