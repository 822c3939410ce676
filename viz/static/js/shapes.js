/* The few shapes the map is drawn with, and the sizes of its marks. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const BAR_DROP = 0.29; // a bar lies this part of a row below the row's middle, its text above

  const clamp = (low, value, high) => Math.min(high, Math.max(low, value));

  /** The middle of a mark: bars and what lies on them are below the text of their row. */
  function markY(model, mark) {
    if (model.lanes[mark.lane].closed) return mark.y;
    const low = model.isRolled(mark) || model.hasLength(mark) || model.isGroup(mark);
    return mark.y + (low ? model.row * BAR_DROP : 0);
  }

  /** Half the width of a mark on the screen; marks on a closed bar are small. */
  function markSize(model, view, mark) {
    const size = clamp(4, model.sizes.mark * view.scale, 11);
    return model.isRolled(mark) ? Math.min(size, 6) : size;
  }

  const barSize = (view) => clamp(4, 9 * view.scale, 14);

  function polygon(ctx, points) {
    ctx.beginPath();
    points.forEach(([x, y], place) => (place ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.closePath();
  }

  const diamond = (ctx, x, y, size) =>
    polygon(ctx, [[x, y - size], [x + size, y], [x, y + size], [x - size, y]]);

  function strokePath(ctx, points) {
    ctx.beginPath();
    points.forEach(([x, y], place) => (place ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.stroke();
  }

  /** A filled diamond with an exclamation mark: late. */
  function bang(ctx, colours, x, y, size, tint) {
    ctx.fillStyle = tint || colours.late;
    diamond(ctx, x, y, size);
    ctx.fill();
    if (size < 5) return;
    ctx.fillStyle = colours.paper;
    ctx.fillRect(x - 1, y - size * 0.5, 2, size * 0.55);
    ctx.fillRect(x - 1, y + size * 0.25, 2, 2);
  }

  function tick(ctx, colours, x, y, size, tint) {
    ctx.strokeStyle = tint || colours.done;
    ctx.lineWidth = 1.75;
    strokePath(ctx, [[x - size, y], [x - size * 0.3, y + size * 0.7], [x + size, y - size * 0.7]]);
  }

  Object.assign(knockon, { BAR_DROP, bang, barSize, clamp, diamond, markSize, markY, polygon, strokePath, tick });
})();
