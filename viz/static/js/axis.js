/* The time axis on top of the map and the month lines behind it. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { clamp, polygon } = knockon;
  const FONT = 'Arial, "Helvetica Neue", Helvetica, sans-serif';
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const DAY = 86400000;
  const AXIS = 44;
  const YEAR = 34; // the width of its name, with a little room

  /** First days of months in view, each told whether there is room to name it. */
  function monthTicks(axis, view) {
    const [year, month] = axis.origin;
    const start = Date.UTC(year, month - 1, 1);
    const wide = axis.perDay * view.scale * 30.4;
    const every = wide >= 30 ? 1 : wide >= 11 ? 3 : 12;
    const ticks = [];
    const first = Math.floor(view.wx(0) / axis.perDay / 31) - 1;
    const last = Math.ceil(view.wx(view.width) / axis.perDay / 28) + 1;
    for (let step = first; step <= last; step += 1) {
      const when = new Date(Date.UTC(year, month - 1 + step, 1));
      const x = view.x(((when.getTime() - start) / DAY) * axis.perDay);
      const at = when.getUTCMonth();
      if (x < -400 || x > view.width + 40) continue;
      ticks.push({ x, month: at, year: when.getUTCFullYear(), strong: at % every === 0 });
    }
    return ticks;
  }

  function paintAxis(ctx, { model, view, colours }) {
    ctx.fillStyle = colours.paper;
    ctx.fillRect(0, 0, view.width, AXIS);
    ctx.fillStyle = colours.faint;
    ctx.fillRect(0, AXIS - 1, view.width, 1);
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    const ticks = monthTicks(model.axis, view);
    ctx.font = `12px ${FONT}`;
    for (const tick of ticks) {
      if (!tick.strong) continue;
      ctx.fillStyle = colours.rule;
      ctx.fillRect(Math.round(tick.x), 24, 1, AXIS - 24);
      ctx.fillStyle = colours.soft;
      ctx.fillText(MONTHS[tick.month], tick.x + 4, 33);
    }
    const x = model.axis.status === null ? -1 : view.x(model.axis.status);
    const flagged = x >= 0 && x <= view.width;
    ctx.font = `bold 12px ${FONT}`;
    const wide = flagged ? ctx.measureText(model.axis.statusWords).width + 12 : 0;
    const left = flagged ? clamp(x - wide / 2, 60, view.width - wide - 4) : 0;
    paintYears(ctx, view, colours, ticks, [left, left + wide]);
    if (!flagged) return;
    ctx.font = `bold 12px ${FONT}`;
    ctx.fillStyle = colours.status;
    ctx.fillRect(left, 3, wide, 18);
    polygon(ctx, [[x - 5, 20], [x + 5, 20], [x, AXIS - 1]]);
    ctx.fill();
    ctx.fillStyle = colours.paper;
    ctx.fillText(model.axis.statusWords, left + 6, 12.5);
  }

  /** Year names stay at the left edge until the next year pushes them out, and make way for the flag of
      the data date (its left and right edge): each stands whole or not at all. */
  function paintYears(ctx, view, colours, ticks, [from, to]) {
    ctx.font = `bold 13px ${FONT}`;
    const starts = ticks.filter((tick, place) => tick.month === 0 || place === 0);
    starts.forEach((tick, place) => {
      const next = starts[place + 1] ? starts[place + 1].x : Infinity;
      const at = Math.max(tick.x, 0) + 4;
      const x = at < to && at + YEAR > from ? to + 6 : at;
      ctx.fillStyle = colours.ink;
      if (x + YEAR <= Math.min(next, view.width)) ctx.fillText(String(tick.year), x, 12.5);
      if (tick.month === 0) ctx.fillRect(Math.round(tick.x), 2, 1, AXIS - 2);
    });
  }

  Object.assign(knockon, { AXIS, FONT, monthTicks, paintAxis });
})();
