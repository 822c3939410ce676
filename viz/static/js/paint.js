/* Draws what vis-network does not: lanes, months, bars, marks and labels. All in screen pixels, so
   that text keeps its size at every zoom and is cut to the space its row leaves it. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { AXIS, FONT, bang, barSize, clamp, diamond, isCrowded, labelPlace, markSize, markY, measureId, monthTicks, paintCounts,
    polygon, strokePath, tick, wrapLabel, writeLines } = knockon;

  /** Run `draw` with the canvas in screen pixels. */
  function onScreen(ctx, view, draw) {
    const ratio = ctx.canvas.width / view.width;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw();
    ctx.restore();
  }

  // --- behind the links -------------------------------------------------------------------------

  function paintBack(ctx, scene) {
    const { model, view, colours } = scene;
    onScreen(ctx, view, () => {
      ctx.fillStyle = colours.paper;
      ctx.fillRect(0, 0, view.width, view.height);
      model.lanes.forEach((lane, place) => paintLane(ctx, scene, lane, place));
      ctx.globalAlpha = colours.thin;
      for (const tick of monthTicks(model.axis, view)) {
        ctx.fillStyle = tick.month === 0 ? colours.year : colours.rule;
        if (tick.strong || tick.month === 0) ctx.fillRect(Math.round(tick.x), 0, 1, view.height);
      }
      ctx.globalAlpha = 1;
      paintStatusDate(ctx, scene);
    });
  }

  function paintLane(ctx, { model, view, colours }, lane, place) {
    const top = view.y(lane.top);
    const bottom = view.y(lane.bottom);
    if (bottom < 0 || top > view.height) return;
    ctx.fillStyle = place % 2 ? colours.paper : colours.band;
    ctx.fillRect(0, top, view.width, bottom - top);
    ctx.fillStyle = colours.rule;
    ctx.fillRect(0, Math.round(bottom) - 1, view.width, 1);
    if (lane.closed) return;
    for (const group of lane.groups) {
      if (!model.open.has(group.number) || !group.depth) continue;
      const first = view.y(group.y - model.row / 2);
      const height = (group.depth + 1) * model.row * view.scale;
      const reach = Math.max(...model.parts.get(group.number).map((part) => part.reach), group.reach);
      const left = view.x(Math.min(group.left, ...model.parts.get(group.number).map((p) => p.left)) - 12);
      ctx.fillStyle = colours.frame;
      ctx.fillRect(left, first + 1, view.x(reach) - left, height - 3);
    }
  }

  function paintStatusDate(ctx, { model, view, colours }) {
    if (model.axis.status === null) return;
    ctx.strokeStyle = colours.status;
    ctx.lineWidth = 1.5;
    ctx.setLineDash([6, 4]);
    strokePath(ctx, [[view.x(model.axis.status), AXIS], [view.x(model.axis.status), view.height]]);
    ctx.setLineDash([]);
  }

  // --- in front of the links --------------------------------------------------------------------

  function paintFront(ctx, scene) {
    const { model, view } = scene;
    onScreen(ctx, view, () => {
      const margin = model.row * 2;
      const top = view.wy(0) - margin;
      const bottom = view.wy(view.height) + margin;
      const left = view.wx(0) - 40;
      const right = view.wx(view.width) + 40;
      for (const lane of model.lanes) lane.crowded = lane.closed && isCrowded(view, lane);
      const lanes = model.lanes.filter((lane) => lane.bottom > top && lane.top < bottom);
      const seen = lanes.flatMap((lane) => (lane.crowded ? [] : lane.marks))
        .filter((m) => m.y > top && m.y < bottom && isNear(m, left, right));
      lanes.forEach((lane) => lane.closed && paintLaneBar(ctx, scene, lane));
      seen.forEach((mark) => paintLabel(ctx, scene, mark));
      seen.forEach((mark) => paintShift(ctx, scene, mark));
      seen.forEach((mark) => paintBar(ctx, scene, mark));
      seen.forEach((mark) => paintPoint(ctx, scene, mark));
      const chosen = model.markOf.get(scene.chosen);
      if (chosen && !(model.lanes[chosen.lane].closed && model.isGroup(chosen))) paintChosen(ctx, scene, chosen);
      knockon.paintAxis(ctx, scene);
    });
  }

  const isNear = (mark, left, right) =>
    Math.min(mark.left, mark.ghost ?? mark.left) < right && Math.max(mark.reach, mark.latest ?? 0) > left;

  /** Dim is what is not picked out; a closed action with a picked part is not. */
  function isDim({ lit, model }, mark) {
    if (lit === null || lit.has(mark.number)) return false;
    const parts = model.open.has(mark.number) ? [] : model.parts.get(mark.number) || [];
    return !parts.some((part) => lit.has(part.number));
  }

  function paintLaneBar(ctx, scene, lane) {
    const { model, view, colours } = scene;
    const { finishes } = lane;
    const middle = view.y(markY(model, lane.marks[0]));
    const left = view.x(finishes[0]);
    ctx.fillStyle = colours.main;
    ctx.fillRect(left, middle - 1, view.x(finishes[finishes.length - 1]) - left, 2);
    if (lane.crowded) paintCounts(ctx, scene, lane, middle);
  }

  /** Where it stood before and the latest it may come to stand: hollow mark, dotted line, bar. */
  function paintShift(ctx, scene, mark) {
    const { model, view, colours } = scene;
    if (mark.ghost === null && mark.latest === null) return;
    const y = view.y(markY(model, mark));
    const x = view.x(mark.right);
    const size = markSize(model, view, mark);
    ctx.strokeStyle = isDim(scene, mark) ? colours.fade : colours.soft;
    ctx.lineWidth = 1.5;
    if (mark.ghost !== null && mark.ghost !== mark.right) {
      ctx.setLineDash([2, 3]);
      strokePath(ctx, [[view.x(mark.ghost), y], [x, y]]);
      ctx.setLineDash([]);
      ctx.fillStyle = colours.paper;
      diamond(ctx, view.x(mark.ghost), y, size * 0.8);
      ctx.fill();
      ctx.stroke();
    }
    if (mark.latest !== null && mark.latest > mark.right) {
      const end = view.x(mark.latest);
      ctx.lineWidth = 3;
      strokePath(ctx, [[x, y], [end, y]]);
      strokePath(ctx, [[end, y - size], [end, y + size]]);
    }
  }

  function paintBar(ctx, scene, mark) {
    const { model, view, colours } = scene;
    if (!model.hasLength(mark) || model.lanes[mark.lane].closed) return;
    if (model.isRolled(mark)) return;
    const left = view.x(mark.left);
    const right = view.x(mark.right);
    const middle = view.y(markY(model, mark));
    const tall = barSize(view);
    const tint = isDim(scene, mark) ? colours.fade : stateColour(colours, mark.state);
    ctx.lineWidth = 1.25;
    ctx.strokeStyle = tint;
    if (model.isOpen(mark) && model.isGroup(mark)) {
      ctx.fillStyle = tint;
      ctx.fillRect(left, middle - 1.5, right - left, 3);
      ctx.fillRect(left, middle - 1.5, 2, tall);
      ctx.fillRect(right - 2, middle - 1.5, 2, tall);
      return;
    }
    const solid = !model.isGroup(mark) && (mark.state === "critical" || mark.state === "late");
    ctx.fillStyle = isDim(scene, mark) ? colours.paper : solid ? tint : colours.fill;
    ctx.fillRect(left, middle - tall / 2, right - left, tall);
    ctx.strokeRect(left, middle - tall / 2, right - left, tall);
    if (mark.state === "late") bang(ctx, colours, right + 7, middle, 7);
    if (mark.state === "done") tick(ctx, colours, right + 7, middle, 6);
  }

  const stateColour = (colours, state) =>
    state === "late" ? colours.late : state === "done" ? colours.done : colours.main;

  function paintPoint(ctx, scene, mark) {
    const { model, view, colours } = scene;
    if (model.hasLength(mark) && !model.isRolled(mark)) return;
    if (model.isGroup(mark) && model.lanes[mark.lane].closed) return;
    const x = view.x(mark.right);
    const y = view.y(markY(model, mark));
    const size = markSize(model, view, mark);
    const dim = isDim(scene, mark);
    const tint = dim ? colours.fade : stateColour(colours, mark.state);
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = tint;
    if (mark.state === "done") {
      ctx.fillStyle = dim ? colours.fade : colours.done;
      ctx.beginPath();
      ctx.arc(x, y, size * 0.85, 0, 7);
      ctx.fill();
      if (size > 5) tick(ctx, colours, x, y, size * 0.55, colours.paper);
      return;
    }
    if (mark.state === "late") {
      bang(ctx, colours, x, y, size * 1.15, tint);
      return;
    }
    diamond(ctx, x, y, size);
    ctx.fillStyle = mark.state === "critical" ? tint : colours.paper;
    ctx.fill();
    ctx.stroke();
    if (mark.state === "tight") {
      ctx.fillStyle = tint;
      polygon(ctx, [[x, y - size], [x, y + size], [x - size, y]]);
      ctx.fill();
    }
  }

  // --- labels -----------------------------------------------------------------------------------

  function paintLabel(ctx, scene, mark) {
    const { model, view, colours } = scene;
    if (model.isRolled(mark) || mark.number === scene.chosen) return;
    const place = labelPlace(scene, mark);
    if (!place) return;
    const text = scene.text(mark.number);
    const dim = isDim(scene, mark);
    const ink = dim ? colours.faint : colours.ink;
    const isFramed = model.open.has(mark.group) && model.parts.has(mark.group);
    const back = isFramed ? colours.frame : mark.lane % 2 ? colours.paper : colours.band;
    writeLines(ctx, place, wrapLabel(ctx, text, place), { id: ink, ink, back });
    if (model.isGroup(mark)) paintGroupHead(ctx, scene, mark, place, { dim, back });
  }

  /** The triangle that opens an action, and how many parts and links it has while closed. */
  function paintGroupHead(ctx, scene, mark, place, { dim, back }) {
    const { model, view, colours } = scene;
    if (!place.many) return;
    const x = place.left - 12;
    const y = place.top + place.line / 2;
    ctx.fillStyle = dim ? colours.faint : colours.ink;
    polygon(ctx, model.open.has(mark.number)
      ? [[x, y - 3], [x + 9, y - 3], [x + 4.5, y + 4]]
      : [[x + 1, y - 5], [x + 8, y], [x + 1, y + 5]]);
    ctx.fill();
    const said = model.open.has(mark.number) ? "" : scene.tally(mark);
    const wrapped = wrapLabel(ctx, scene.text(mark.number), place);
    ctx.font = `${place.size}px ${FONT}`;
    const used = measureId(ctx, wrapped.id, place.size) + ctx.measureText(wrapped.rest[0] || "").width + 10;
    ctx.font = `${place.size - 1}px ${FONT}`;
    const room = Math.max(view.x(mark.limit), view.x(mark.reach)) - place.left - used;
    if (!said || wrapped.rest.length > 1 || ctx.measureText(said).width > room) return;
    ctx.fillStyle = back;
    ctx.fillRect(place.left + used - 2, place.top, ctx.measureText(said).width + 4, place.line - 1);
    ctx.fillStyle = dim ? colours.faint : colours.soft;
    ctx.fillText(said, place.left + used, place.top + 1.5);
  }

  /** The chosen item: a yellow frame with its whole title, over everything near it. */
  function paintChosen(ctx, scene, mark) {
    const { model, view, colours } = scene;
    const x = view.x(mark.right);
    const y = view.y(markY(model, mark));
    const size = markSize(model, view, mark) + 5;
    const text = scene.text(mark.number);
    const wide = Math.min(440, view.width - 24);
    const place = { key: `c${mark.number}`, width: wide, size: 13, line: 17, many: 4 };
    const wrapped = wrapLabel(ctx, text, place);
    ctx.font = `13px ${FONT}`;
    const across = Math.max(
      ...wrapped.rest.map((line, number) => ctx.measureText(line).width + (number ? 0 : measureId(ctx, wrapped.id, 13))),
      measureId(ctx, wrapped.id, 13),
    );
    const tall = Math.max(1, wrapped.rest.length) * place.line + 8;
    const long = model.hasLength(mark) && !model.isRolled(mark);
    const isBeside = x + size + across + 20 < view.width;
    const above = long ? view.y(mark.y) - (model.row * view.scale) / 2 - tall + 14 : y - size - tall - 4;
    place.left = clamp(8, isBeside ? x + size + 8 : x - across / 2, view.width - across - 14);
    place.top = clamp(AXIS + 4, isBeside ? y - (long ? tall - 9 : tall / 2) : above, view.height - tall - 4);
    ctx.strokeStyle = colours.ink;
    ctx.lineWidth = 2;
    if (!long) {
      ctx.fillStyle = colours.halo;
      ctx.beginPath();
      ctx.arc(x, y, size, 0, 7);
      ctx.fill();
      ctx.stroke();
      paintPoint(ctx, { ...scene, lit: null }, mark);
    } else {
      ctx.strokeRect(view.x(mark.left) - 3, y - 9, x - view.x(mark.left) + 6, 18);
    }
    ctx.fillStyle = colours.halo;
    ctx.fillRect(place.left - 6, place.top - 4, across + 12, tall);
    ctx.strokeRect(place.left - 6, place.top - 4, across + 12, tall);
    writeLines(ctx, place, wrapped, { id: colours.onHalo, ink: colours.onHalo, back: null });
  }

  Object.assign(knockon, { paintBack, paintFront, paintPoint });
})();
