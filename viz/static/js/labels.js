/* Labels: where each may stand, how it breaks into lines, and how it is cut so that none overlap. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { BAR_DROP, FONT, barSize, clamp, markSize } = knockon;
  const WIDEST = 460;
  const kept = new Map(); // wrapped labels by text, width and type

  /** How far a label may run from `left`: to the next thing in its row, within reason. */
  const roomFor = (view, mark, left) =>
    Math.min(Math.max(view.x(mark.limit), view.x(mark.reach) - 4) - left, Math.max(WIDEST, view.x(mark.right) - left));

  /** Where a label may stand: left edge, width, top, how many lines, size of type; or nothing. */
  function labelPlace(scene, mark) {
    const { model, view } = scene;
    const row = model.row * view.scale;
    if (row < 15) return null;
    const size = row < 21 ? 11 : row > 60 ? 13 : 12;
    const line = size + 3;
    const middle = view.y(mark.y);
    if (model.hasLength(mark) || model.isGroup(mark)) {
      const turn = model.isGroup(mark) ? 14 : 0;
      const left = clamp(view.x(mark.left), 6, Math.max(view.x(mark.left), view.x(mark.right) - 60)) + turn;
      const tall = row / 2 + row * BAR_DROP - barSize(view) / 2 - 2;
      const many = Math.floor(tall / line);
      return { key: mark.number, left, width: roomFor(view, mark, left), top: middle - row / 2 + 2, size, line,
        many: many || (tall >= 11 ? 1 : 0) };
    }
    const left = view.x(Math.max(mark.right, mark.latest ?? mark.right)) + markSize(model, view, mark) + 4;
    const tight = row >= 25 && row < 33; // two small lines say more than one large one
    const close = tight ? { size: 11, line: 12.5 } : { size, line };
    const many = Math.max(1, Math.min(4, Math.floor((row - 0.5) / close.line)));
    return { key: mark.number, left, width: Math.min(WIDEST * 0.6, roomFor(view, mark, left)), middle, ...close, many };
  }

  /** Break a label into lines that fit; the number stands first, what does not fit is cut. */
  function wrapLabel(ctx, text, place) {
    const key = `${place.key}|${Math.round(place.width)}|${place.size}|${place.many}`;
    if (kept.has(key)) return kept.get(key);
    if (kept.size > 5000) kept.clear();
    ctx.font = `bold ${place.size}px ${FONT}`;
    const id = fit(ctx, text.id, place.width);
    let indent = ctx.measureText(id).width + 5;
    ctx.font = `${place.size}px ${FONT}`;
    const wrapped = [];
    let line = "";
    const words = text.title.split(/\s+/).filter(Boolean);
    while (words.length && wrapped.length < place.many) {
      const room = place.width - indent;
      const longer = line ? `${line} ${words[0]}` : words[0];
      if (ctx.measureText(longer).width <= room) {
        line = longer;
        words.shift();
        continue;
      }
      const last = wrapped.length + 1 === place.many;
      if (last) line = fit(ctx, `${longer} ${words.slice(1, 8).join(" ")}`, room);
      else if (!line && !indent) line = fit(ctx, words.shift(), room);
      wrapped.push(line);
      line = "";
      indent = 0;
    }
    if (line && wrapped.length < place.many) wrapped.push(line);
    const found = { id, rest: place.many ? wrapped : [] };
    kept.set(key, found);
    return found;
  }

  /** Cut a text to a width, with an ellipsis; nothing where not even a few letters fit. */
  function fit(ctx, text, width) {
    if (ctx.measureText(text).width <= width) return text;
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (ctx.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
      else high = middle - 1;
    }
    return low < 3 ? "" : `${text.slice(0, low).trimEnd()}…`;
  }

  function writeLines(ctx, place, { id, rest }, { ink, back, id: strong }) {
    if (!place.many || place.width < 24) return;
    const amount = Math.max(1, rest.length);
    let y = place.middle === undefined ? place.top : place.middle - (amount * place.line) / 2;
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    ctx.font = `bold ${place.size}px ${FONT}`;
    const indent = id ? ctx.measureText(id).width + 5 : 0;
    for (let number = 0; number < amount; number += 1) {
      ctx.font = `${place.size}px ${FONT}`;
      const at = place.left + (number ? 0 : indent);
      const said = rest[number] || "";
      const wide = (number ? 0 : indent) + ctx.measureText(said).width;
      if (back) {
        ctx.globalAlpha = 0.9;
        ctx.fillStyle = back;
        ctx.fillRect(place.left - 2, y - 1, wide + 3, place.line);
        ctx.globalAlpha = 1;
      }
      ctx.fillStyle = ink;
      ctx.fillText(said, at, y + 1);
      if (!number && id) {
        ctx.font = `bold ${place.size}px ${FONT}`;
        ctx.fillStyle = strong;
        ctx.fillText(id, place.left, y + 1);
      }
      y += place.line;
    }
  }

  /** The width of a number in bold with the space after it. */
  function measureId(ctx, id, size) {
    ctx.font = `bold ${size}px ${FONT}`;
    const wide = ctx.measureText(id).width + 5;
    ctx.font = `${size}px ${FONT}`;
    return wide;
  }

  Object.assign(knockon, { labelPlace, measureId, wrapLabel, writeLines });
})();
