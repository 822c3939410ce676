/* Instants, calendar months and working time, as simulations/kernels/months.py and clock.py have them.
   An instant is whole minutes since 1970-01-01 00:00 on the wall clock: integers only, no Date, no
   rounding but down. NEVER stands for none; sums with it stay exact, as they do in Python. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const DAY = 1440;
  const WEEK = 10080;
  const NEVER = -(2 ** 52);
  const UNLIMITED = 2 ** 52;
  const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const REACH = 4; // a month's clamping never moves a day further

  const div = (a, b) => Math.floor(a / b);

  // --- civil dates, after Howard Hinnant's days_from_civil ----------------------------------------

  function monthLength(year, month) {
    const leaps = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return month === 2 && leaps ? 29 : LENGTHS[month - 1];
  }

  /** Days since 1970-01-01 of a civil date. */
  function daysOf(year, month, ofMonth) {
    const y = month <= 2 ? year - 1 : year;
    const era = div(y, 400);
    const ofEra = y - era * 400;
    const ofYear = div(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + ofMonth - 1;
    return era * 146097 + ofEra * 365 + div(ofEra, 4) - div(ofEra, 100) + ofYear - 719468;
  }

  /** Year, month and day of month of days since 1970-01-01. */
  function civil(days) {
    const day = days + 719468;
    const era = div(day, 146097);
    const ofEra = day - era * 146097;
    const yearOfEra = div(ofEra - div(ofEra, 1460) + div(ofEra, 36524) - div(ofEra, 146096), 365);
    const ofYear = ofEra - (365 * yearOfEra + div(yearOfEra, 4) - div(yearOfEra, 100));
    const shifted = div(5 * ofYear + 2, 153);
    const month = shifted < 10 ? shifted + 3 : shifted - 9;
    return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - div(153 * shifted + 2, 5) + 1];
  }

  /** Move a day number by months; the last day of a month stays the last day. */
  function shiftDay(day, months) {
    const [year, month, ofMonth] = civil(day);
    const isLast = ofMonth === monthLength(year, month);
    const index = year * 12 + month - 1 + months;
    const [y, m] = [div(index, 12), index - div(index, 12) * 12 + 1];
    const length = monthLength(y, m);
    return daysOf(y, m, isLast ? length : Math.min(ofMonth, length));
  }

  /** An instant moved by calendar months; `isStart`: it is shown as the day that begins there. */
  function shiftMonths(instant, months, isStart) {
    const day = isStart ? div(instant, DAY) : div(instant - 1, DAY);
    return shiftDay(day, months) * DAY + instant - day * DAY;
  }

  /** The latest date whose image, moved by months, is not after `bound`. */
  function latestBeforeMonths(bound, months, isStart) {
    const day = isStart ? div(bound, DAY) : div(bound - 1, DAY);
    let back = shiftDay(day, -months) + REACH;
    while (shiftDay(back, months) > day) back -= 1;
    return back * DAY + bound - day * DAY;
  }

  // --- working time: W(t), the working minutes before an instant, and the two ways back ----------

  /** Stretches of work of one calendar, from its ordinary week and the weeks that differ. */
  class WorkTable {
    constructor({ low, weeks, kinds, odd }) {
      Object.assign(this, { low, high: low + weeks * WEEK, begin: [], finish: [], before: [], total: 0 });
      for (let number = 0; number < weeks; number += 1) {
        for (const [from, to] of kinds[odd[number] ?? 0]) {
          this.begin.push(low + number * WEEK + from);
          this.finish.push(low + number * WEEK + to);
          this.before.push(this.total);
          this.total += to - from;
        }
      }
      this.week = kinds[0].reduce((sum, [from, to]) => sum + to - from, 0);
    }

    workOf(instant) {
      const weeks = weeksOut(this.low, this.high, WEEK, instant);
      const at = instant - weeks * WEEK;
      const row = lastRow(this.begin, at);
      const inside = row < 0 ? 0 : this.before[row] + Math.min(at, this.finish[row]) - this.begin[row];
      return inside + weeks * this.week;
    }

    atMost(work) {
      const weeks = weeksOut(0, this.total, this.week, work);
      const rest = work - weeks * this.week;
      const row = lastRow(this.before, rest);
      return this.begin[row] + rest - this.before[row] + weeks * WEEK;
    }
  }

  /** The last place whose key is not above a value, -1 if there is none. */
  function lastRow(keys, value) {
    let low = -1;
    let high = keys.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (keys[middle] <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** How many lengths to take from a value for it to lie from low to below high. */
  function weeksOut(low, high, length, value) {
    if (value < low) return div(value - low, length);
    return value >= high ? div(value - high, length) + 1 : 0;
  }

  /** The calendars of a plan; calendar -1 is the wall, where every minute counts. */
  class Clock {
    constructor(tables) {
      this.tables = tables.map((table) => new WorkTable(table));
    }

    workOf(cal, instant) {
      return cal < 0 ? instant : this.tables[cal].workOf(instant);
    }

    atMost(cal, work) {
      return cal < 0 ? work : this.tables[cal].atMost(work);
    }

    atLeast(cal, work) {
      return cal < 0 ? work : this.tables[cal].atMost(work - 1) + 1;
    }

    add(cal, instant, minutes) {
      return cal < 0 ? instant + minutes : this.atLeast(cal, this.workOf(cal, instant) + minutes);
    }

    take(cal, instant, minutes) {
      return cal < 0 ? instant - minutes : this.atMost(cal, this.workOf(cal, instant) - minutes);
    }

    between(cal, begin, end) {
      return this.workOf(cal, end) - this.workOf(cal, begin);
    }

    toStart(cal, instant) {
      return this.atMost(cal, this.workOf(cal, instant));
    }

    toFinish(cal, instant) {
      const work = this.workOf(cal, instant);
      return this.atLeast(cal, work) === instant ? instant : this.atMost(cal, work);
    }

    backToFinish(cal, instant) {
      return this.atLeast(cal, this.workOf(cal, instant));
    }
  }

  Object.assign(knockon, { Clock, DAY, NEVER, UNLIMITED, civil, daysOf, div, latestBeforeMonths, shiftMonths });
})();
