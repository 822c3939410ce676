/* What-if in the page (DESIGN 5.4): runs the forward pass under both rules for gaps, and says what a
   scenario moves. Takes changes as scenario files hold them. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { BY_START, Clock, DAY, Forward, HOW, NEVER, shiftMonths, unpack, unpackExtra, unpackNet } = knockon;
  const GAPS = ["spare", "work"];
  const LAST_INSTANT = knockon.daysOf(2201, 1, 1) * DAY;
  const UNITS = { d: [0, DAY], w: [0, 7 * DAY], m: [1, 0] };

  /** A slip as calendar months and minutes; null where it is none that this page can apply. */
  function parseSpan(text) {
    const found = /^(\d{1,5})([dwm])$/.exec(text);
    if (!found) return null;
    const [months, minutes] = UNITS[found[2]];
    return { months: months * Number(found[1]), minutes: minutes * Number(found[1]) };
  }

  /** The first instant of a day written YYYY-MM-DD; null where it is none. */
  function parseDay(text) {
    const [year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).slice(1).map(Number);
    if (!year || year < 1900 || year > 2200) return null;
    const days = knockon.daysOf(year, month, day);
    return String(knockon.civil(days)) === String([year, month, day]) ? days * DAY : null;
  }

  class Engine {
    constructor(pack) {
      this.pack = pack;
      this.size = pack.ids.length;
      this.at = new Map(pack.ids.map((id, position) => [id, position]));
      this.clock = new Clock(pack.calendars);
      this.net = unpackNet(pack, this.clock);
      this.endangers = unpack(pack.endangers, this.size);
      this.first = unpack(pack.first, this.size);
      this.baseline = Object.fromEntries(GAPS.map((gaps) => [gaps, this.pass(this.net, gaps, this.noChanges())]));
      this.agrees = String(this.checks()) === String(pack.checks);
    }

    /** The sums queries/portable.py makes over every date, and over what answers are told from. */
    checks() {
      const { above, begins, due, over, planned, settable } = this.net;
      const dates = GAPS.map((gaps) => this.baseline[gaps].dates);
      return [...dates.map(({ start, finish, shown }) => checksum([start, finish, shown])),
        checksum([due, above, over, planned, settable, begins])];
    }

    noChanges() {
      const column = (value) => new Array(this.size).fill(value);
      return { months: column(0), minutes: column(0), floor: column(NEVER) };
    }

    /** The forward pass under one rule for gaps; `work` gives a finish-only leaf its gap as length. */
    pass(net, gaps, changes) {
      const lengths = gaps === "spare" ? net.length : net.length.map((own, p) => net.work[p] || own);
      const forward = new Forward(net, lengths, changes);
      forward.run();
      return forward;
    }

    /** The unfinished leaves below an item, none for a leaf. */
    leavesBelow(position) {
      const parts = this.net.below[position];
      if (!parts.length) return this.net.over[position] ? [] : [position];
      return parts.flatMap((part) => this.leavesBelow(part));
    }

    isParent(position) {
      return this.net.below[position].length > 0;
    }

    // --- from changes to what the pass understands ------------------------------------------------

    /** Read changes: sets edit a copy of the net, slips and groups follow (5.4). `error`: in words. */
    read(changes) {
      const run = { net: this.net, slips: [], groups: [], changed: new Set(), error: null };
      for (const change of changes) if (change.op === "set") this.readSet(run, change);
      for (const change of changes) {
        if (change.op === "slip") this.readSlip(run, change);
        else if (change.op === "slip_group") this.readGroup(run, change);
        else if (change.op !== "set") run.error ??= `This page cannot work out the change “${change.op}”.`;
      }
      return run;
    }

    openItem(run, id, verb) {
      const position = this.at.get(id);
      if (position === undefined) run.error ??= `There is no item ${id} in this plan.`;
      else if (this.net.over[position]) run.error ??= `${id} is finished or dropped: it cannot be ${verb}.`;
      else return position;
      return null;
    }

    readSlip(run, change) {
      const position = this.openItem(run, change.item, "slipped");
      const span = this.readSpan(run, change);
      if (position === null || !span) return;
      run.changed.add(position);
      const leaves = this.isParent(position) && !change.own ? this.leavesBelow(position) : [];
      if (leaves.length) this.addGroup(run, leaves, span);
      else run.slips.push({ position, id: change.item, span });
    }

    readSpan(run, change) {
      const span = parseSpan(change.by);
      if (!span) run.error ??= `A slip by “${change.by}” is not whole days, weeks or months.`;
      return span;
    }

    readGroup(run, change) {
      const span = this.readSpan(run, change);
      const leaves = this.membersOf(change);
      if (!leaves) run.error ??= "This page cannot work out a slip of that group.";
      else if (!leaves.length) run.error ??= "Nothing unfinished belongs to it: there is nothing to slip.";
      else if (span) this.addGroup(run, leaves, span);
      if (change.parent && leaves) run.changed.add(this.at.get(change.parent));
    }

    membersOf({ officer, board, parent, roles }) {
      const known = (groups, id) => groups.find((one) => one[0] === id)?.[2] ?? null;
      if (officer) return roles && String(roles) !== "responsible" ? null : known(this.pack.officers, officer);
      if (board) return known(this.pack.boards, board);
      return parent && this.at.has(parent) ? this.leavesBelow(this.at.get(parent)) : null;
    }

    addGroup(run, leaves, span) {
      run.groups.push({ leaves, span });
      leaves.forEach((leaf) => run.changed.add(leaf));
    }

    /** What can be set of an item: its planned start (NEVER: none) and finish; null for nothing. */
    settable(position) {
      const { begins, planned, settable } = this.net;
      return settable[position] ? [begins[position], planned[position]] : null;
    }

    /** Replace an item's own start or finish; its length stays. */
    readSet(run, change) {
      const position = this.openItem(run, change.item, "set");
      if (position === null) return;
      const planned = this.settable(position);
      const day = parseDay(change.finish ?? change.start);
      if (!planned || change.duration || (change.start && change.finish) || day === null) {
        run.error ??= `This page cannot set ${change.item} that way: knockon whatif can.`;
        return;
      }
      const [begin, end] = run.set?.get(position) ?? planned;
      if (change.start && begin === NEVER) {
        run.error ??= `${change.item} has no planned start to replace.`;
        return;
      }
      const length = begin === NEVER ? NEVER : end - begin;
      const finish = change.finish ? day + DAY : day + length;
      const start = length === NEVER ? NEVER : finish - length;
      run.changed.add(position);
      run.set = (run.set ?? new Map()).set(position, [start, finish]);
      if (run.net === this.net) run.net = this.copyNet();
      this.place(run.net, position, start, finish);
    }

    copyNet() {
      const { net } = this;
      return {
        ...net, ownStart: [...net.ownStart], ownFinish: [...net.ownFinish], length: [...net.length],
        shift: [...net.shift], extra: [...net.extra],
      };
    }

    /** Put own dates in the place of an item's, with its allowances as an input of gates (5.3.5). */
    place(net, position, start, finish) {
      if (net.how[position] === HOW.PARENT) net.ownStart[position] = start;
      else {
        net.length[position] = start === NEVER ? 0 : Math.max(0, finish - start);
        net.ownStart[position] = finish - net.length[position];
      }
      net.ownFinish[position] = finish;
      for (const [edge, ready, first, last] of this.pack.inputs[position] ?? []) {
        const shift = first < finish && finish <= last ? Math.min(0, ready - finish) : 0;
        if (edge >= 0) net.shift[edge] = shift;
        else net.extra[position] = { ...(net.extra[position] ?? unpackExtra({}, [])), shift };
      }
    }

    // --- running ------------------------------------------------------------------------------------

    /** A run's passes; with `days` its slip is that many calendar days. */
    passes(run, gaps, days = null) {
      const changes = this.noChanges();
      const amount = (span) => (days === null ? span : { months: 0, minutes: days * DAY });
      for (const { position, span } of run.slips) {
        changes.months[position] += amount(span).months;
        changes.minutes[position] += amount(span).minutes;
      }
      for (const { leaves, span } of run.groups) {
        for (const leaf of leaves) {
          changes.floor[leaf] = Math.max(changes.floor[leaf], this.floor(gaps, leaf, amount(span)));
        }
      }
      return this.pass(run.net, gaps, changes);
    }

    /** A leaf's baseline forecast moved by a group's slip, NEVER if there is nothing to slip. */
    floor(gaps, leaf, { months, minutes }) {
      const { dates } = this.baseline[gaps];
      if ([HOW.ABSENT, HOW.DONE, HOW.LOE, HOW.PARENT].includes(this.net.how[leaf])) return NEVER;
      let [at, isStart] = [dates.finish[leaf], dates.shown[leaf] & BY_START];
      if (at === NEVER) [at, isStart] = [dates.start[leaf], 1];
      if (at === NEVER) return NEVER;
      return (months ? shiftMonths(at, months, isStart) : at) + minutes;
    }

    /** Why slips cannot be applied: something has no date. */
    undated(run) {
      const before = this.pass(run.net, "spare", this.noChanges());
      const slip = run.slips.find(({ position: p }) => run.net.how[p] === HOW.ABSENT || end(before, p) === NEVER);
      if (slip) return `${slip.id} has no date: there is nothing to slip.`;
      const nothing = { months: 0, minutes: 0 };
      const empty = run.groups.some(({ leaves }) => leaves.every((p) => this.floor("spare", p, nothing) === NEVER));
      return empty ? "Nothing in it has a date to slip." : null;
    }

    /** Answer a scenario: what moves under either rule, changed items first, then furthest. */
    answer(changes) {
      const run = this.read(changes);
      const error = run.error ?? this.undated(run);
      if (error) return { error };
      const after = Object.fromEntries(GAPS.map((gaps) => [gaps, this.passes(run, gaps)]));
      const beyond = GAPS.some((gaps) => lastOf(after[gaps]) > LAST_INSTANT);
      if (beyond) return { error: "That runs beyond the year 2200: make it less." };
      const items = [];
      for (let position = 0; position < this.size; position += 1) {
        if (end(this.baseline.spare, position) === NEVER) continue;
        const row = this.row(run, after, position);
        if (row.spare || row.work || row.changed) items.push(row);
      }
      const file = this.pack.file;
      items.sort((a, b) => b.changed - a.changed || Math.abs(b.spare) - Math.abs(a.spare)
        || Math.abs(b.work) - Math.abs(a.work) || file[a.position] - file[b.position]);
      const paths = new knockon.Paths(this, { run, after });
      return { error: null, run, after, items, paths, summary: summarise(items), ...this.thresholds(run) };
    }

    row(run, after, position) {
      const late = (passes) => this.isLate(passes, position);
      const [before, now] = [late(this.baseline.spare), late(after.spare)];
      const { net } = this;
      return {
        position,
        id: this.pack.ids[position],
        changed: run.changed.has(position),
        isParent: net.how[position] === HOW.PARENT,
        spare: moved(this.baseline.spare, after.spare, position),
        work: moved(this.baseline.work, after.work, position),
        lateBefore: before,
        newlyLate: now && !before,
        newlyLateIfWork: late(after.work) && !late(this.baseline.work),
        offPlan: net.planned[position] === NEVER || after.spare.dates.finish[position] === NEVER
          ? null : after.spare.dates.finish[position] - net.planned[position],
      };
    }

    isLate(passes, position) {
      const due = this.net.due[position];
      return due !== NEVER && passes.dates.finish[position] > due;
    }

    // --- which board hears first, and what would move next ----------------------------------------

    /** The first meeting at which any of these positions is heard of: name and date, or null. */
    firstBoard(positions) {
      const heard = positions.map((one) => this.first[one]).filter((place) => place >= 0)
        .map((place) => this.pack.heard[place]);
      if (!heard.length) return null;
      const [board, date] = heard.reduce((least, one) => (one[2] < least[2] ? one : least));
      return { board, date };
    }
  }

  /** The finish, of an open-ended item the start. */
  function end({ dates }, position) {
    return dates.finish[position] === NEVER ? dates.start[position] : dates.finish[position];
  }

  /** The knock-on in minutes: between finishes, else starts; 0 where there is no date. */
  function moved(before, after, position) {
    for (const column of ["finish", "start"]) {
      const [was, is] = [before.dates[column][position], after.dates[column][position]];
      if (was !== NEVER && is !== NEVER) return is - was;
    }
    return 0;
  }

  const lastOf = ({ dates }) => dates.finish.reduce((most, one, p) => Math.max(most, one, dates.start[p]), NEVER);

  function summarise(items) {
    const others = items.filter((one) => !one.changed);
    const leaves = others.filter((one) => !one.isParent);
    const amount = (list, test) => list.filter(test).length;
    return {
      moved: amount(leaves, (one) => one.spare), movedParents: amount(others, (one) => one.isParent && one.spare),
      newlyLate: amount(others, (one) => one.newlyLate), movedIfWork: amount(leaves, (one) => one.work),
      newlyLateIfWork: amount(others, (one) => one.newlyLateIfWork),
    };
  }

  function checksum(columns) {
    let total = 0;
    for (const column of columns) {
      for (const value of column) {
        const rest = value === NEVER ? 7 : ((value % 1000003) + 1000003) % 1000003;
        total = (total * 31 + rest) % 2147483647;
      }
    }
    return total;
  }

  Object.assign(knockon, { Engine, GAPS, endOf: end, movedBy: moved, parseDay });
})();
