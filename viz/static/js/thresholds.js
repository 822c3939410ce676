/* At which slip the next item moves, and at which something first becomes newly late: as
   simulations/thresholds.py searches, and simulations/whatif.py asks. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { DAY, Engine, GAPS, NEVER, endOf: end, movedBy } = knockon;
  const LONGEST_DAYS = 3653; // the longest slip asked about, ten years

  Object.assign(Engine.prototype, {
    /** The next to move and the first newly late, and at which slip; null where no one slip is asked about. */
    thresholds(run) {
      const none = { nextToMove: null, firstLate: null, firstLateIfWork: null };
      const spans = [...run.slips, ...run.groups];
      if (spans.length !== 1) return none;
      const now = this.passes(run, "spare");
      const far = Object.fromEntries(GAPS.map((gaps) => [gaps, this.passes(run, gaps, LONGEST_DAYS)]));
      const others = this.pack.ids.map((_, position) => position).filter((one) => !run.changed.has(one));
      const by = (one) => movedBy(this.baseline.spare, now, one);
      const days = Math.floor(Math.max(0, ...[...run.changed].map(by)) / DAY);
      const still = others.filter((one) => !by(one) && end(now, one) !== NEVER).map((one) => [one, end(now, one)]);
      const dues = (gaps) => others.filter((one) => this.net.due[one] !== NEVER && !this.isLate(this.baseline[gaps], one))
        .map((one) => [one, this.net.due[one]]);
      const finish = (passes, position) => passes.dates.finish[position];
      return {
        nextToMove: this.firstBeyond(run, "spare", still, days, far.spare, end),
        firstLate: this.firstBeyond(run, "spare", dues("spare"), 0, far.spare, finish),
        firstLateIfWork: this.firstBeyond(run, "work", dues("work"), 0, far.work, finish),
      };
    },

    /** The item that first passes its limit, and the least whole days of slip for that. */
    firstBeyond(run, gaps, limits, over, longest, endOf) {
      const beyond = limits.filter(([one, limit]) => limit < endOf(longest, one));
      if (!beyond.length) return null;
      const guesses = beyond.map(([one, limit]) => LONGEST_DAYS - Math.floor((endOf(longest, one) - limit - 1) / DAY));
      const passed = (days) => {
        const passes = this.passes(run, gaps, days);
        return limits.some(([one, limit]) => endOf(passes, one) > limit);
      };
      const days = leastDays(passed, Math.max(over + 1, Math.min(...guesses)), over);
      const passes = this.passes(run, gaps, days);
      const found = beyond.filter(([one, limit]) => endOf(passes, one) > limit).map(([one]) => one);
      // Of several, a leaf, the first in the file; else the innermost parent (it stands before the others).
      const rank = (one) => (this.net.parts[one].length ? [1, one] : [0, this.pack.file[one]]);
      found.sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1]);
      return { position: found[0], days };
    },
  });

  function leastDays(passed, guess, over) {
    if (passed(guess) && (guess === over + 1 || !passed(guess - 1))) return guess;
    let [low, high] = [over, LONGEST_DAYS];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (passed(middle)) high = middle;
      else low = middle;
    }
    return high;
  }
})();
