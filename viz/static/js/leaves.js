/* The dates of an item by the way it gets them, added to the forward pass: simulations/kernels/leaves.py
   and place_parent of forward.py. Each is given what the links hold the item to. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { BY_START, FLAGS, Forward, NEVER, OPENS, shownBits } = knockon;
  const { max, min } = Math;

  Object.assign(Forward.prototype, {
    /** Rule 2: "from X onwards": the start can be pushed, there is no finish. */
    placeOpen(p, fs, ss) {
      const { net } = this;
      if (net.flags[p] & FLAGS.PINNED) return [net.ownStart[p], NEVER, OPENS];
      const project = net.project[p];
      let start = max(net.ownStart[p], fs, ss, net.floorFinish[project], net.floorStart[project]);
      start = this.slipped(p, max(start, this.startBound(p), this.finishBound(p)), 1);
      return [this.outOfBlackout(p, start, 0), NEVER, OPENS];
    },

    /** Rule 5: an item without work of its own finishes at the meeting, its start moves along. */
    placeGated(p, length, fs, ss, ends) {
      const held = max(this.startBound(p), this.finishBound(p));
      const finish = this.gateFinish(p, held, max(fs, ss, ends));
      if (finish === NEVER) return [NEVER, NEVER, 0];
      return [finish - length, finish, shownBits(finish - length, finish, 0)];
    },

    /** Rule 2: no dates and no duration: what links give it, zero length. */
    placeDerived(p, fs, ss, ends) {
      const { net } = this;
      let begins = max(ss, this.startBound(p));
      let held = max(fs, ends, net.extra[p]?.fnet ?? NEVER);
      if (max(held, begins) === NEVER) return [NEVER, NEVER, 0];
      held = max(held, net.floorFinish[net.project[p]], this.changes.floor[p]);
      begins = max(begins, net.floorStart[net.project[p]]);
      return this.placePoint(p, begins, held, net.flags[p] & FLAGS.BEGINS);
    },

    /** The bounds of an item with a hard constraint in their place. */
    pinned(p, begins, after, held) {
      const extra = this.net.extra[p];
      if (!extra) return [begins, after, held];
      if (extra.pinStart !== NEVER) return [extra.pinStart, NEVER, NEVER];
      if (extra.pinFinish !== NEVER) return [NEVER, NEVER, extra.pinFinish];
      return [begins, after, held];
    },

    /** Rule 2: keeps its own dates unless pushed; rule 7: starts after the status date. */
    placePlanned(p, fs, ss, ends) {
      const { net } = this;
      const length = this.lengths[p];
      const project = net.project[p];
      let [begins, after, held] = this.pinned(
        p, max(ss, net.floorStart[project], this.startBound(p)), max(fs, net.floorFinish[project]),
        max(net.ownFinish[p], ends, this.finishBound(p)),
      );
      held = max(held, after + length);
      if (!length) return this.placePoint(p, begins, held, net.flags[p] & FLAGS.BEGINS);
      const finish = this.slipped(p, max(held, begins + length), 0);
      const start = this.outOfBlackout(p, finish - length, 0);
      return [start, start + length, OPENS];
    },

    /** Rule 2: as soon as the plan's start and predecessors allow; never split but as stated. */
    placeLogic(p, fs, ss, ends) {
      const { clock, net } = this;
      const [length, cal, project] = [this.lengths[p], net.cal[p], net.project[p]];
      const extra = net.extra[p];
      const delay = extra?.delay ?? 0;
      let begins = max(ss, net.ownStart[p], this.startBound(p));
      if (max(begins, fs) === NEVER) begins = net.planStart[project];
      begins = max(begins, net.floorStart[project]);
      let after = max(fs, net.floorFinish[project]);
      let held = max(net.ownFinish[p], ends, this.finishBound(p));
      [begins, after, held] = this.pinned(p, begins, after, held);
      if (!length && !net.months[p]) {
        if (this.hasGate(p)) return this.placeGated(p, 0, fs, ss, ends);
        if (delay) {
          begins = clock.add(extra.delayCal, clock.toStart(cal, max(begins, after, held)), delay);
          after = held = NEVER;
        }
        const instant = max(begins, after, held);
        const atStart = instant === net.planStart[project] || instant === net.floorStart[project];
        return this.placePoint(p, begins, max(after, held), atStart || net.flags[p] & FLAGS.BEGINS);
      }
      let start = clock.toStart(cal, max(begins, after));
      if (extra) start = clock.toStart(cal, this.outOfBlackout(p, start, 0));
      let finish = this.fromStart(p, start, length);
      if (held > finish) {
        held = this.heldFinish(cal, held);
        if (held > finish) [start, finish] = [this.beforeFinish(p, held, length), held];
      }
      if (delay) {
        start = clock.toStart(cal, clock.add(extra.delayCal, start, delay));
        finish = this.fromStart(p, start, length);
      }
      if (this.hasGate(p)) {
        let logic = ends;
        if (max(fs, ss) !== NEVER) logic = max(logic, this.fromStart(p, clock.toStart(cal, max(fs, ss)), length));
        finish = this.gateFinish(p, finish, logic);
        start = this.beforeFinish(p, finish, length);
      } else if (this.changes.minutes[p] || this.changes.months[p]) {
        finish = this.heldFinish(cal, this.slipped(p, finish, 0));
        start = this.beforeFinish(p, finish, length);
      }
      if (extra?.blackouts.length) {
        const clear = clock.toStart(cal, this.outOfBlackout(p, start, 0));
        if (clear !== start) [start, finish] = [clear, this.fromStart(p, clear, length)];
      }
      return [start, finish, OPENS];
    },

    /** Rule 7: what remains runs from the status date; retained logic holds it behind its links. */
    placeBegun(p, fsIn, ssIn, endsIn) {
      const { clock, net } = this;
      let [fs, ss, ends] = [fsIn, ssIn, endsIn];
      let [start, own] = [net.ownStart[p], net.ownFinish[p]];
      const [project, flags] = [net.project[p], net.flags[p]];
      const [restCal, cal] = [net.restCal[p], net.cal[p]];
      let base = max(net.floorFinish[project], net.floorStart[project]);
      if (max(start, own) === NEVER) { // begun, and nothing says when: as early as logic allows
        start = clock.toStart(cal, max(net.planStart[project], fs, ss));
        base = max(base, start);
      }
      if (flags & FLAGS.RETAINED) base = max(base, fs, ss);
      else fs = ss = ends = NEVER; // progress override: no link holds what has begun
      if (base !== NEVER && flags & FLAGS.PINNED) base = max(base, start);
      const hasRest = net.rest[p] > 0 || net.restMonths[p] > 0;
      let linked = max(ends, base);
      if (base !== NEVER && hasRest) linked = max(ends, this.fromRest(p, clock.toStart(restCal, base)));
      let finish = max(own, this.finishBound(p));
      if (this.hasGate(p)) {
        let logic = max(fs, ss);
        if (logic !== NEVER && hasRest) logic = this.fromRest(p, clock.toStart(restCal, logic));
        if (hasRest) finish = max(finish, linked);
        finish = this.gateFinish(p, finish, max(logic, ends));
        start = start === NEVER ? finish : min(start, finish);
        return [start, finish, shownBits(start, finish, 0)];
      }
      finish = max(finish, linked);
      if (finish === NEVER) finish = start;
      else if (hasRest || finish !== start) finish = this.heldFinish(cal, finish);
      if (start === NEVER || start > finish) start = finish;
      const isFree = !(flags & FLAGS.PINNED);
      if (isFree && finish > own && own !== NEVER) start += finish - own;
      let later = this.slipped(p, finish, 0);
      if (later !== finish) later = this.heldFinish(cal, later);
      if (isFree) start += later - finish;
      const isFact = !isFree && net.ownStart[p] === start;
      return [start, later, shownBits(start, later, start === later && isFact ? 1 : 0)];
    },

    /** Rule 2: a level of effort spans from its start-side to its finish-side links. */
    placeLoe(p, fs, ss, ends) {
      let [start, begins] = [max(fs, ss), ss > fs ? 1 : 0];
      if (start === NEVER && this.net.ownStart[p] !== NEVER) [start, begins] = [this.net.ownStart[p], 1];
      if (start === NEVER) start = ends;
      if (start === NEVER) return [NEVER, NEVER, 0];
      start = this.clock.toStart(this.net.cal[p], start);
      const finish = max(start, ends);
      return [start, finish, shownBits(start, finish, start === finish ? begins : 0)];
    },

    /** Rule 4: no earlier than each part; links into a parent bound its finish. */
    placeParent(p, fs, ss, ends) {
      const { dates, net } = this;
      const linked = max(fs, ss, ends);
      let [start, own] = [net.ownStart[p], net.ownFinish[p]];
      let held = max(own, this.startBound(p), this.finishBound(p));
      const project = net.project[p];
      if (held !== NEVER) held = max(held, net.floorFinish[project], net.floorStart[project]);
      let [parts, ready, opens] = [NEVER, NEVER, start !== NEVER];
      for (const part of net.parts[p]) {
        parts = max(parts, dates.finish[part]);
        if (dates.finish[part] !== NEVER) ready = max(ready, dates.finish[part] + (net.extra[part]?.shift ?? 0));
        const begins = dates.start[part];
        const opensPart = (dates.shown[part] & OPENS) !== 0;
        if (begins !== NEVER && (start === NEVER || begins < start)) [start, opens] = [begins, opensPart];
        else if (begins !== NEVER && begins === start) opens = opens && opensPart;
      }
      const gated = this.hasGate(p);
      let finish = gated ? this.gateFinish(p, held, max(linked, ready)) : max(held, linked, parts);
      const endsIn = (part) => dates.finish[part] === finish && dates.shown[part] & BY_START;
      const byStart = !gated && net.parts[p].some(endsIn) ? 1 : 0;
      if (!gated && own === NEVER && parts === NEVER && start !== NEVER && finish <= start) {
        return [start, NEVER, opens ? OPENS : 0]; // a link alone gives no finish
      }
      if (finish !== NEVER && !gated) finish = this.slipped(p, finish, byStart);
      if (start === NEVER || (finish !== NEVER && start > finish)) start = finish;
      if (start === finish) return [start, finish, byStart ? BY_START | OPENS : 0];
      return [start, finish, (byStart ? BY_START : 0) | (opens ? OPENS : 0)];
    },
  });
})();
