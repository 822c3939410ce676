/* Which link moved what, back to the change (DESIGN 5.4, path): the room on links as
   simulations/kernels/floats.py and gates.py have it, and the way back as simulations/whatif.py goes it. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { FLAGS, Forward, HOW, NEVER, UNLIMITED, latestBeforeMonths } = knockon;
  const { min } = Math;
  const [FS, SS] = [0, 1];

  /** The last meeting on or before an instant, NEVER if there is none. */
  function meetingBefore(meetings, instant) {
    let [low, high] = [0, meetings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (meetings[middle] <= instant) low = middle + 1;
      else high = middle;
    }
    return low > 0 ? meetings[low - 1] : NEVER;
  }

  Object.assign(Forward.prototype, {
    beforeRest(p, finish) {
      const { net } = this;
      return this.runBack(p, net.restCal[p], finish, net.restMonths[p], net.rest[p]);
    },

    /** The latest meeting at which a gate may be passed by `late`. */
    latestMeeting(gate, late) {
      const { meetings } = gate;
      if (!meetings.length || this.dates.passed.get(gate) > meetings[meetings.length - 1]) return late;
      const meeting = meetingBefore(meetings, late);
      return meeting === NEVER ? late : meeting;
    },

    /** The latest instant at which papers are in time for a meeting. */
    papersDeadline(gate, meeting) {
      const taken = gate.lead ? this.clock.take(gate.leadCal, meeting, gate.lead) : meeting;
      return gate.leadMonths ? latestBeforeMonths(taken, gate.leadMonths, 0) : taken;
    },

    gateRoom(p, logic) {
      const { net } = this;
      let [room, late] = [UNLIMITED, this.dates.finish[p]];
      for (const gate of [...net.extra[p].gates].reverse()) {
        late = this.latestMeeting(gate, late);
        room = min(room, this.clock.between(net.cal[p], this.afterLead(gate, logic), late));
      }
      return room;
    },

    inputsLimit(p, finish) {
      let [limit, late] = [finish, finish];
      for (const gate of [...this.net.extra[p].gates].reverse()) {
        late = this.latestMeeting(gate, late);
        limit = min(limit, this.papersDeadline(gate, late));
      }
      return limit;
    },

    /** Where the end of its target that an edge holds is now; NEVER where it holds nothing. */
    heldEnd(e) {
      const { dates, lengths, net } = this;
      const target = net.target[e];
      const how = net.how[target];
      const isStart = net.code[e] === FS || net.code[e] === SS;
      const finish = dates.finish[target];
      if (how === HOW.ABSENT || how === HOW.DONE || how === HOW.LOE) return NEVER;
      if (how === HOW.BEGUN && !(net.flags[target] & FLAGS.RETAINED)) return NEVER;
      if (this.hasGate(target) && finish !== NEVER) {
        const limit = this.inputsLimit(target, finish);
        if (how === HOW.BEGUN && isStart) return this.beforeRest(target, limit);
        return how === HOW.LOGIC && isStart ? this.beforeFinish(target, limit, lengths[target]) : limit;
      }
      const extra = net.extra[target];
      if (how === HOW.LOGIC && extra?.delay) {
        const start = this.clock.take(extra.delayCal, dates.start[target], extra.delay);
        return isStart ? start : this.fromStart(target, start, lengths[target]);
      }
      if (!isStart || how === HOW.PARENT) return finish;
      if (how === HOW.BEGUN) return this.beforeRest(target, finish);
      return how === HOW.OPEN && net.flags[target] & FLAGS.PINNED ? NEVER : dates.start[target];
    },

    /** When a gated item would be ready for its papers if one link alone held it. */
    readyFor(target, code, bound) {
      const { clock, lengths, net } = this;
      if (code !== FS && code !== SS) return bound;
      if (net.how[target] === HOW.LOGIC) return this.fromStart(target, clock.toStart(net.cal[target], bound), lengths[target]);
      return net.how[target] === HOW.BEGUN ? this.fromRest(target, clock.toStart(net.restCal[target], bound)) : bound;
    },

    /** The minutes a link could give before it moves its target: 0 drives; null where it holds nothing. */
    linkRoom(e) {
      const { net } = this;
      const bound = this.edgeReach(e);
      const held = bound === NEVER ? NEVER : this.heldEnd(e);
      if (held === NEVER) return null;
      const target = net.target[e];
      if (this.hasGate(target) && this.dates.finish[target] !== NEVER) {
        return this.gateRoom(target, this.readyFor(target, net.code[e], bound));
      }
      return this.clock.between(net.cal[target], bound, held);
    },

    /** What drives an item: sources of links without room, and parts that finish with it. */
    drivers(p) {
      const { dates, net } = this;
      const found = net.into[p].filter((e) => this.linkRoom(e) === 0).map((e) => net.source[e]);
      if (dates.finish[p] === NEVER || net.how[p] !== HOW.PARENT) return found;
      return [...found, ...net.parts[p].filter((part) => dates.finish[part] === dates.finish[p] && net.how[part] !== HOW.LOE)];
    },
  });

  /** The ways by which one answer's items came to move. */
  class Paths {
    constructor(engine, { run, after }) {
      Object.assign(this, { engine, run, after, known: new Map() });
    }

    /** From the change to an item, both included, along what moved most at each step. */
    to(row) {
      const gaps = row.spare || !row.work ? "spare" : "work";
      const path = [row.position];
      while (!this.run.changed.has(path[path.length - 1])) {
        const next = this.movers(path[path.length - 1], gaps).find((one) => !path.includes(one));
        if (next === undefined) break;
        path.push(next);
      }
      return path.reverse();
    }

    by(position, gaps) {
      return knockon.movedBy(this.engine.baseline[gaps], this.after[gaps], position);
    }

    movers(position, gaps) {
      const key = `${gaps} ${position}`;
      if (!this.known.has(key)) {
        const { file } = this.engine.pack;
        const far = (one) => Math.abs(this.by(one, gaps));
        const found = [...new Set(this.movedDrivers(position, gaps))];
        this.known.set(key, found.sort((a, b) => far(b) - far(a) || file[a] - file[b]));
      }
      return this.known.get(key);
    }

    /** What drives it now, or drove it before; else what it waits for with the least room. */
    movedDrivers(position, gaps) {
      for (const passes of [this.after[gaps], this.engine.baseline[gaps]]) {
        const moved = passes.drivers(position).filter((one) => this.by(one, gaps));
        if (moved.length) return moved;
      }
      return this.tightest(position, gaps);
    }

    tightest(position, gaps) {
      const passes = this.after[gaps];
      const rooms = new Map();
      for (const e of passes.net.into[position]) {
        const source = passes.net.source[e];
        const room = passes.linkRoom(e);
        if (room !== null && this.by(source, gaps)) rooms.set(source, min(room, rooms.get(source) ?? Infinity));
      }
      const least = min(...rooms.values());
      if (rooms.size) return [...rooms].filter(([, room]) => room === least).map(([source]) => source);
      return passes.net.parts[position].filter((part) => this.by(part, gaps));
    }
  }

  knockon.Paths = Paths;
})();
