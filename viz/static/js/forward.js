/* The forward pass (DESIGN 5.3, rules 1 to 7), as simulations/kernels have it: bounds.py, spans.py,
   points.py, gates.py, leaves.py and forward.py, function by function and in their words. Held equal to
   them on thousands of random plans by tests/viz/test_engine_vectors.py. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { DAY, NEVER, div, latestBeforeMonths, shiftMonths } = knockon;
  const { max, min } = Math;

  // How an item gets its dates, flags and link types: simulations/codes.py.
  const HOW = { ABSENT: 0, DONE: 1, PLANNED: 2, LOGIC: 3, DERIVED: 4, OPEN: 5, BEGUN: 6, PARENT: 7, FIXED: 8, LOE: 9 };
  const [PINNED, BEGINS, ENDS, RETAINED] = [1, 2, 4, 8];
  const [FS, SS, , SF] = [0, 1, 2, 3];
  const [BY_START, OPENS] = [1, 2];

  /** One pass over a net with one set of changes and lengths; `dates` comes back filled. */
  class Forward {
    constructor(net, lengths, changes) {
      const size = net.how.length;
      const column = (value) => new Array(size).fill(value);
      Object.assign(this, { net, lengths, changes, clock: net.clock });
      this.dates = { start: column(NEVER), finish: column(NEVER), shown: column(0), passed: new Map() };
    }

    run() {
      for (let p = 0; p < this.net.how.length; p += 1) this.schedule(p);
      return this.dates;
    }

    schedule(p) {
      const { net } = this;
      const how = net.how[p];
      if (how === HOW.ABSENT) return undefined;
      if (how === HOW.DONE || how === HOW.FIXED) return this.stand(p, how);
      const bounds = this.linkBounds(p);
      if (how === HOW.LOGIC) return this.set(p, this.placeLogic(p, ...bounds));
      if (how === HOW.PARENT) return this.set(p, this.placeParent(p, ...bounds));
      if (how === HOW.OPEN) return this.set(p, this.placeOpen(p, ...bounds));
      if (how === HOW.BEGUN) return this.set(p, this.placeBegun(p, ...bounds));
      if (how === HOW.LOE) return this.set(p, this.placeLoe(p, ...bounds));
      if (this.hasGate(p)) return this.set(p, this.placeGated(p, this.lengths[p], ...bounds));
      if (how === HOW.DERIVED) return this.set(p, this.placeDerived(p, ...bounds));
      return this.set(p, this.placePlanned(p, ...bounds));
    }

    set(p, [start, finish, shown]) {
      this.dates.start[p] = start;
      this.dates.finish[p] = finish;
      this.dates.shown[p] = shown;
    }

    /** Rules 1 and 2: an actual date is a fact, fixed dates stand unless a scenario says otherwise. */
    stand(p, how) {
      const { net, changes } = this;
      let [start, finish] = [net.ownStart[p], net.ownFinish[p]];
      const byStart = net.flags[p] & BEGINS ? 1 : 0;
      if (how === HOW.FIXED) {
        const later = this.slipped(p, max(finish, changes.floor[p]), byStart);
        [start, finish] = [start + later - finish, later];
      }
      this.set(p, [start, finish, shownBits(start, finish, byStart)]);
    }

    // --- bounds: what links hold an item to (rule 3) ---------------------------------------------

    edgeLeaves(e) {
      const { net, dates } = this;
      const source = net.source[e];
      if (net.code[e] === SS || net.code[e] === SF) return dates.start[source];
      const instant = dates.finish[source];
      return instant === NEVER ? instant : instant + net.shift[e];
    }

    edgeReach(e) {
      const { net } = this;
      let instant = this.edgeLeaves(e);
      if (instant === NEVER) return NEVER;
      if (net.lagMonths[e]) instant = shiftMonths(instant, net.lagMonths[e], this.edgeByStart(e));
      return net.lag[e] ? this.clock.add(net.lagCal[e], instant, net.lag[e]) : instant;
    }

    edgeByStart(e) {
      const bit = this.net.code[e] === SS || this.net.code[e] === SF ? OPENS : BY_START;
      return this.dates.shown[this.net.source[e]] & bit ? 1 : 0;
    }

    edgeBound(e) {
      const { net } = this;
      const bound = this.edgeReach(e);
      if (bound === NEVER) return NEVER;
      const begins = net.planStart[net.project[net.target[e]]];
      if (bound < begins) {
        const instant = this.edgeLeaves(e);
        if (bound < instant) return min(instant, begins); // a lead is cut at the plan's start
      }
      return bound;
    }

    linkBounds(p) {
      let [fs, ss, ends] = [NEVER, NEVER, NEVER];
      for (const e of this.net.into[p]) {
        const bound = this.edgeBound(e);
        const code = this.net.code[e];
        if (code === FS) fs = max(fs, bound);
        else if (code === SS) ss = max(ss, bound);
        else ends = max(ends, bound);
      }
      return [fs, ss, ends];
    }

    // --- spans: from a start to the finish of its work and back (5.2, 5.3) -----------------------

    /** A finish-type bound on working time: the end of that day's last shift, else the next work. */
    heldFinish(cal, instant) {
      if (cal < 0) return instant;
      const moved = this.clock.toFinish(cal, instant);
      if (moved === instant) return instant;
      const ends = this.clock.backToFinish(cal, instant);
      return div(ends - 1, DAY) === div(instant - 1, DAY) ? ends : moved;
    }

    runOn(p, cal, start, months, minutes) {
      if (months) return shiftMonths(start, months, 1) + minutes;
      let [instant, left] = [start, minutes];
      for (const { work, gap, gapCal } of this.net.extra[p]?.splits ?? []) {
        if (work >= left) break;
        instant = this.clock.add(gapCal, this.clock.add(cal, instant, work), gap);
        left -= work;
      }
      return this.clock.add(cal, instant, left);
    }

    runBack(p, cal, finish, months, minutes) {
      if (months) return latestBeforeMonths(finish - minutes, months, 1);
      const splits = this.net.extra[p]?.splits ?? [];
      let [last, left] = [0, minutes];
      while (last < splits.length && splits[last].work < left) {
        left -= splits[last].work;
        last += 1;
      }
      let instant = this.clock.take(cal, finish, left);
      for (const { work, gap, gapCal } of splits.slice(0, last).reverse()) {
        instant = this.clock.take(cal, this.clock.take(gapCal, instant, gap), work);
      }
      return instant;
    }

    fromStart(p, start, length) {
      return this.runOn(p, this.net.cal[p], start, this.net.months[p], length);
    }

    beforeFinish(p, finish, length) {
      return this.runBack(p, this.net.cal[p], finish, this.net.months[p], length);
    }

    fromRest(p, start) {
      const { net } = this;
      return this.runOn(p, net.restCal[p], start, net.restMonths[p], net.rest[p]);
    }

    // --- points: bounds, slips, blackouts (5.1, 5.3, 5.4) ----------------------------------------

    startBound(p) {
      return this.net.extra[p]?.snet ?? NEVER;
    }

    finishBound(p) {
      return max(this.changes.floor[p], this.net.extra[p]?.fnet ?? NEVER);
    }

    slipped(p, instant, byStart) {
      const months = this.changes.months[p];
      return (months ? shiftMonths(instant, months, byStart) : instant) + this.changes.minutes[p];
    }

    /** Rule 6: the first instant in no blackout; `atEnd`: a point shown as the day that ends. */
    outOfBlackout(p, instant, atEnd) {
      if (instant === NEVER) return instant;
      let [at, end] = [instant, atEnd];
      for (const [from, to] of this.net.extra[p]?.blackouts ?? []) {
        if (from + end <= at && at < to + end) [at, end] = [to, 0];
      }
      return at;
    }

    atWork(p, instant, begins) {
      const cal = this.net.cal[p];
      if (cal < 0) return instant;
      return begins ? this.clock.toStart(cal, instant) : this.heldFinish(cal, instant);
    }

    placePoint(p, begins, held, isBegin) {
      const { net } = this;
      const ends = net.flags[p] & ENDS;
      let instant = max(begins, held);
      const starts = isBegin || begins > held ? 1 : 0;
      let byStart = ends ? 0 : starts;
      const moved = this.atWork(p, instant, starts);
      if (moved > instant && !ends) byStart = 1; // what waits for working time begins with it
      instant = moved;
      const later = this.outOfBlackout(p, this.slipped(p, instant, byStart), 1 - byStart);
      if (later !== instant) {
        instant = this.atWork(p, later, byStart);
        if (instant > later && !ends) byStart = 1;
      }
      const blackouts = net.extra[p]?.blackouts ?? [];
      if (!ends && blackouts.some(([, to]) => to === instant)) byStart = 1;
      return [instant, instant, shownBits(instant, instant, byStart)];
    }

    // --- gates (5.3.5) -----------------------------------------------------------------------------

    hasGate(p) {
      return (this.net.extra[p]?.gates.length ?? 0) > 0;
    }

    afterLead(gate, instant) {
      const ready = gate.leadMonths ? shiftMonths(instant, gate.leadMonths, 0) : instant;
      return this.clock.add(gate.leadCal, ready, gate.lead);
    }

    /** When an item has passed all of its gates, in order. */
    gateFinish(p, held, logic) {
      const { net, changes, dates } = this;
      const project = net.project[p];
      const floor = max(net.floorFinish[project], net.floorStart[project]);
      let passed = NEVER;
      for (const gate of net.extra[p].gates) {
        let nominal = max(gate.own, held);
        if (logic !== NEVER) nominal = max(nominal, this.afterLead(gate, logic));
        dates.passed.set(gate, passed);
        if (nominal === NEVER) continue;
        nominal = max(nominal, floor);
        if (changes.months[p]) nominal = shiftMonths(nominal, changes.months[p], 0);
        nominal = max(nominal + changes.minutes[p], passed);
        const meeting = meetingAfter(gate.meetings, nominal);
        passed = meeting === NEVER ? nominal : meeting;
        dates.passed.set(gate, passed);
      }
      return passed;
    }
  }

  /** The first meeting on or after an instant, NEVER if none is known. */
  function meetingAfter(meetings, instant) {
    let [low, high] = [0, meetings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (meetings[middle] < instant) low = middle + 1;
      else high = middle;
    }
    return low < meetings.length ? meetings[low] : NEVER;
  }

  function shownBits(start, finish, byStart) {
    if (byStart) return BY_START | OPENS;
    return start === finish ? 0 : OPENS;
  }

  Object.assign(knockon, { BY_START, FLAGS: { PINNED, BEGINS, ENDS, RETAINED, STARTED: 32 }, Forward, HOW, OPENS, shownBits });
})();
