/* An answer of the engine in words: dates, days, what becomes late, and the sentence that comes first. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { BY_START, DAY, NEVER, OPENS, civil, div, spanWords } = knockon;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const LISTED = 6;

  const plural = (amount, noun) => `${amount.toLocaleString("en-GB")} ${noun}${amount === 1 ? "" : "s"}`;

  function dayWords(day, minutes = null) {
    const [year, month, ofMonth] = civil(day);
    const time = minutes === null ? "" : ` ${[div(minutes, 60), minutes % 60].map((n) => String(n).padStart(2, "0")).join(":")}`;
    return `${ofMonth} ${MONTHS[month - 1]} ${year}${time}`;
  }

  /** A date of a file, 2027-04-30 or 2027-04-30T18:00, in words. */
  function isoWords(text) {
    const [day, time] = text.split("T");
    return `${dayWords(div(knockon.parseDay(day), DAY))}${time ? ` ${time}` : ""}`;
  }

  /** The shown day of an end of an item, and its minutes where it has a time of day; null for none. */
  function shown(engine, { dates }, position, end) {
    const instant = dates[end][position];
    if (instant === NEVER) return null;
    const cal = engine.net.cal[position];
    const hours = cal >= 0 ? engine.pack.hours[cal] : instant % DAY !== 0;
    const begins = dates.shown[position] & (end === "start" ? OPENS : BY_START);
    if (!hours || (!begins && instant % DAY === 0)) return { day: begins ? div(instant, DAY) : div(instant - 1, DAY), minutes: null };
    return { day: div(instant, DAY), minutes: instant - div(instant, DAY) * DAY };
  }

  /** When an item finishes, or starts if it has no finish. */
  function dateWords(engine, passes, position) {
    const finish = shown(engine, passes, position, "finish");
    if (finish) return dayWords(finish.day, finish.minutes);
    const start = shown(engine, passes, position, "start");
    return start ? `from ${dayWords(start.day, start.minutes)}, no end` : "no date";
  }

  const days = (minutes) => minutes / DAY;
  const number = (value) => (Number.isInteger(value) ? value.toLocaleString("en-GB") : value.toFixed(1));
  const daysWords = (value) => `${number(value)} ${value === 1 ? "day" : "days"}`;

  /** How far something moves under both rules: `61 days later`, `0 to 59 days later`. */
  function moveWords({ spare, work }) {
    const [a, b] = [days(spare), days(work)];
    if (a === b) return a ? `${daysWords(Math.abs(a))} ${a > 0 ? "later" : "earlier"}` : "stays";
    if (a >= 0 && b >= 0) return `${number(Math.min(a, b))} to ${daysWords(Math.max(a, b))} later`;
    if (a <= 0 && b <= 0) return `${number(Math.min(-a, -b))} to ${daysWords(Math.max(-a, -b))} earlier`;
    const told = (value) => `${daysWords(Math.abs(value))} ${value > 0 ? "later" : "earlier"}`;
    return `${told(a)} if gaps are spare, ${told(b)} if they are work`;
  }

  /** How something stands against its due date, in words; `late` where that is new. */
  function lateWords(engine, row) {
    const { net } = engine;
    const due = net.due[row.position];
    if (due === NEVER) return { words: behindWords(engine, row), late: false };
    const told = `due ${dayWords(div(due - 1, DAY))}`;
    if (row.newlyLate) return { words: `Newly late: ${told}`, late: true };
    if (row.newlyLateIfWork) return { words: `Newly late if gaps are work: ${told}`, late: true };
    return { words: row.lateBefore ? `Late already: ${told}` : `In time: ${told}`, late: false };
  }

  function behindWords(engine, row) {
    const above = engine.endangers[row.position];
    const after = row.offPlan > 0 && (row.spare || row.work) ? `${daysWords(days(row.offPlan))} after its planned date` : "";
    const of = above >= 0 ? `part of ${engine.pack.ids[above]}, due ${dayWords(div(engine.net.due[above] - 1, DAY))}` : "";
    return ["No due date", after, of].filter(Boolean).join("; ");
  }

  function listWords(ids) {
    if (ids.length > LISTED) return `${ids.slice(0, LISTED).join(", ")} and ${ids.length - LISTED} more`;
    return ids.length < 2 ? ids.join("") : `${ids.slice(0, -1).join(", ")} and ${ids[ids.length - 1]}`;
  }

  /** Words on one engine's answers; `quote` gives an id with its title. */
  class Teller {
    constructor(engine, quote) {
      Object.assign(this, { engine, quote });
    }

    groupName({ officer, board }) {
      const groups = officer ? this.engine.pack.officers : this.engine.pack.boards;
      return groups.find(([id]) => id === (officer || board))[1];
    }

    /** A change as the condition of a sentence. */
    change(change) {
      if (change.op === "set") {
        const [end, date] = change.finish ? ["finish", change.finish] : ["start", change.start];
        return `${this.quote(change.item)} is set to ${end} on ${isoWords(date)}`;
      }
      const by = spanWords(change.by);
      if (change.op === "slip_group") return `everything unfinished of ${this.groupName(change)} slips ${by}`;
      return `${this.quote(change.item)}${change.own ? "’s own finish" : ""} slips ${by}`;
    }

    /** The answer in one sentence: what is changed, what moves, what becomes late, who hears first. */
    sentence(scenario, answer) {
      if (!scenario.changes.length) return "Nothing is changed yet: choose what slips.";
      if (answer.error) return answer.error;
      const condition = `If ${scenario.changes.map((one) => this.change(one)).join("; and ")}${this.measured(scenario, answer)}`;
      const { moved, movedIfWork, movedParents, newlyLate, newlyLateIfWork } = answer.summary;
      const spare = this.effect(moved, newlyLate, movedParents);
      const work = this.effect(movedIfWork, newlyLateIfWork, answer.items.filter((one) => one.isParent && !one.changed && one.work).length);
      const effect = spare === work ? `${spare}, whether gaps are spare or work` : `${spare} if gaps are spare; if they are work, ${work}`;
      return `${condition}, ${effect}.${this.heard(answer)}`;
    }

    /** The slip in days where it is one, told in months or weeks, and all it names move alike. */
    measured({ changes }, { items }) {
      const moves = new Set(items.filter((one) => one.changed && one.spare).map((one) => one.spare));
      const isPlain = changes.length === 1 && changes[0].by && !changes[0].by.endsWith("d");
      return isPlain && moves.size === 1 ? ` (${daysWords(days([...moves][0]))})` : "";
    }

    effect(moved, late, parents) {
      if (!moved && !parents) return "nothing else moves";
      const noun = moved ? "other item" : "item that it is part of";
      const amount = moved || parents;
      const subject = moved ? plural(amount, noun) : amount === 1 ? `1 ${noun}` : `${amount} items that it is part of`;
      const become = late ? `${late} ${late === 1 ? "becomes" : "become"}` : "none becomes";
      return `${subject} ${amount === 1 ? "moves" : "move"} and ${become} newly late`;
    }

    heard({ items }) {
      const said = this.board(items.filter((one) => one.spare || one.work).map((one) => one.position));
      return said ? ` First seen by ${said}.` : "";
    }

    /** The first board to hear of any of these positions, and when; empty where there is none. */
    board(positions) {
      const found = this.engine.firstBoard(positions);
      return found ? `${found.board} on ${isoWords(found.date)}` : "";
    }

    /** What else is worth saying: who is late, what would move next, and what it rests on. */
    more(answer) {
      if (answer.error || !answer.run.changed.size) return [];
      const ids = (test) => answer.items.filter(test).map((one) => one.id);
      const said = [];
      const [late, own] = [ids((one) => !one.changed && one.newlyLate), ids((one) => one.changed && one.newlyLate)];
      const ifWork = ids((one) => !one.changed && one.newlyLateIfWork && !one.newlyLate);
      if (own.length) said.push(`${listWords(own)} ${own.length === 1 ? "itself misses its due date" : "themselves miss their due dates"}.`);
      if (late.length) said.push(`Newly late: ${listWords(late)}.`);
      if (ifWork.length) said.push(`Newly late only if gaps are work: ${listWords(ifWork)}.`);
      said.push(...this.limits(answer));
      const already = ids((one) => one.lateBefore);
      if (already.length) said.push(`Late already, before this change: ${listWords(already)}.`);
      return said;
    }

    limits({ nextToMove, firstLate, firstLateIfWork }) {
      const named = (one) => `${this.quote(this.engine.pack.ids[one.position])}, at a slip of ${daysWords(one.days)}`;
      const said = nextToMove ? [`Next to move: ${named(nextToMove)}.`] : [];
      const first = firstLate || firstLateIfWork;
      if (first) said.push(`First to become newly late: ${named(first)}${firstLate ? "" : ", if gaps are work"}.`);
      return said;
    }

    /** How many links all this rests on, and how many are not decided. */
    basis() {
      const { accepted, proposed } = this.engine.pack;
      const more = proposed ? ` and ${plural(proposed, "proposed link")}` : "";
      return `This rests on ${plural(accepted, "accepted link")}${more}: what no link says, no answer can show.`;
    }
  }

  Object.assign(knockon, { Teller, dateWords, dayWords, daysWords, lateWords, moveWords, shown });
})();
