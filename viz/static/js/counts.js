/* Counts instead of marks: how many items of a closed lane finish in each stretch of time, where there are
   too many to tell them apart. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { FONT, monthTicks } = knockon;
  const WIDE = 46; // pixels that a count is given at least
  const APART = 11; // pixels between marks below which they cannot be told apart

  /** The first place in sorted numbers that is above a value. */
  function above(sorted, value) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Whether the marks of a lane lie too close to be told apart at this zoom. */
  function isCrowded(view, { finishes }) {
    const wide = (finishes[finishes.length - 1] - finishes[0]) * view.scale;
    return finishes.length > 12 && wide / finishes.length < APART;
  }

  /** Stretches of whole months wide enough for a number, each with how many finish in it: [left, right, amount]. */
  function countStretches(axis, view, finishes) {
    const month = axis.perDay * view.scale * 30.4;
    const every = [1, 3, 6, 12, 24, 60, 120].find((step) => step * month >= WIDE) ?? 240;
    const starts = monthTicks(axis, view).filter(({ month: at, year }) => (year * 12 + at) % every === 0).map((tick) => tick.x);
    const edges = [-Infinity, ...starts, Infinity].map((x) => [x, above(finishes, view.wx(x) + 1e-6)]);
    return edges.slice(1).map(([right, last], place) => [edges[place][0], right, last - edges[place][1]])
      .filter(([, , amount]) => amount > 0);
  }

  function paintCounts(ctx, { model, view, colours }, lane, y) {
    ctx.font = `bold 12px ${FONT}`;
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    for (const [left, right, amount] of countStretches(model.axis, view, lane.finishes)) {
      const said = amount.toLocaleString("en-GB");
      const [from, to] = [Math.max(left, view.x(lane.finishes[0]) - 20), Math.min(right, view.x(lane.finishes[lane.finishes.length - 1]) + 20)];
      const wide = Math.max(ctx.measureText(said).width + 12, 24);
      const x = (from + to) / 2;
      ctx.fillStyle = colours.fill;
      ctx.strokeStyle = colours.main;
      ctx.lineWidth = 1.25;
      ctx.fillRect(x - wide / 2, y - 9, wide, 18);
      ctx.strokeRect(x - wide / 2, y - 9, wide, 18);
      ctx.fillStyle = colours.ink;
      ctx.fillText(said, x, y + 0.5);
    }
    ctx.textAlign = "left";
  }

  Object.assign(knockon, { countStretches, isCrowded, paintCounts });
})();
