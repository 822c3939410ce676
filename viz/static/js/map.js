/* Joins the parts: vis-network for the lines of links, panning and zoom; our model, painting and panel for
   the rest. What is chosen, filtered and opened is kept here, and told in the address of the page. */
(function () {
  "use strict";
  const knockon = window.knockon;
  const block = document.getElementById("map-data");
  if (!block) return;
  document.documentElement.classList.add("scripts");
  const { hitMark, isOnTurn, plural } = knockon;
  const CHAIN = 300; // a chain that stands alone holds no more than the nearest of these

  const data = JSON.parse(block.textContent);
  const texts = knockon.openTexts(data);
  const model = new knockon.MapModel(data, texts);
  const stage = document.getElementById("canvas");
  const byId = (id) => document.getElementById(id);
  const isLarge = Boolean(data.texts); // too many items to draw them all: what is chosen stands alone
  const state = {
    chosen: null, chain: null, pick: null, effect: null, filter: {}, picked: "", alone: null, onlyMovers: false,
    how: { show: "both", along: "all", steps: isLarge ? "2" : "all", only: isLarge },
  };
  let colours = knockon.palette();
  const tallies = new Map();

  const say = (words) => {
    byId("says").textContent = words;
  };
  const textOf = (number) => texts.of(number);

  /** How many parts a closed action has and how many links cross its edge, in words. */
  function tallyOf(mark) {
    if (!tallies.has(mark.number)) {
      const { into, out } = model.crossings((one) => one.group === mark.number);
      const links = [into && `waits for ${into}`, out && `needed by ${out}`].filter(Boolean);
      tallies.set(mark.number, [model.countParts(mark.number), ...links].join(" · "));
    }
    return tallies.get(mark.number);
  }

  // --- drawing ------------------------------------------------------------------------------------

  const lines = new knockon.LinkLines(model, stage, data.options);
  const { network } = lines;
  network.canvas.frame.tabIndex = -1; // our own frame takes the focus and has a name
  const camera = new knockon.Camera(network, stage, model);
  const laneButtons = new knockon.LaneButtons(model, byId("lane-buttons"), {
    onToggle: toggleLane, onFocus: (lane) => camera.bringLaneIn(lane),
  });
  const table = knockon.openTable(model);
  const lit = () => state.chain || state.effect || state.pick;

  const makeScene = () => ({
    model, view: camera.view(), colours, chosen: state.chosen, lit: lit()?.items ?? null, text: textOf, tally: tallyOf,
  });

  /** Bring lines up to date with what is open, chosen and picked out. */
  const refresh = () => lines.refresh(colours, lit()?.links ?? null);

  network.on("beforeDrawing", (ctx) => knockon.paintBack(ctx, makeScene()));
  network.on("afterDrawing", (ctx) => {
    const scene = makeScene();
    knockon.paintFront(ctx, scene);
    laneButtons.place(scene.view);
    const { scale } = scene.view;
    if (Math.abs(Math.log2(scale / lines.drawnAt)) > 0.3 || Math.abs(camera.stretchAt(scale) / model.stretch - 1) > 0.02) keepSizes();
  });

  let sizing = 0;
  /** Once a zoom has come to rest: lines keep their width on the screen, and rows their height. */
  function keepSizes() {
    clearTimeout(sizing);
    sizing = setTimeout(settleSizes, 120);
  }

  function settleSizes() {
    clearTimeout(sizing);
    if (camera.gliding) return keepSizes();
    const { scale, centre } = camera.view();
    lines.drawnAt = scale;
    const ratio = camera.stretchAt(scale) / model.stretch;
    model.stretch *= ratio;
    model.stack();
    refresh();
    return camera.moveTo({ x: centre.x, y: centre.y * ratio }, scale);
  }

  // --- what is shown ------------------------------------------------------------------------------

  /** Lay out anew: other lanes, another filter, another chain that stands alone. */
  function arrange(keep = null) {
    const chain = state.how.only && state.chain ? state.chain.items : null;
    const alone = chain || movers();
    state.alone = chain ? "chain" : alone ? "scenario" : null;
    model.matched = model.facets.match(state.filter, texts.size);
    model.shown = alone || model.matched;
    model.arrange();
    tallies.clear();
    if (alone) {
      model.lanes.forEach((lane) => model.closeLane(lane, false));
      model.openAll(true);
    }
    laneButtons.build();
    table.show(isListed());
    restack(keep && model.markOf.get(keep));
    hooks.onArrange();
  }

  /** What a scenario moves, where that is to stand alone. */
  const movers = () => (state.onlyMovers && state.effect ? state.effect.items : null);

  /** Whether an item stands in the table: it is shown, or holds something that is. */
  function isListed() {
    if (model.shown === null) return () => true;
    const listed = new Set(model.shown);
    for (const number of model.shown) for (let at = model.parents[number]; at !== null; at = model.parents[at]) listed.add(at);
    return (number) => listed.has(number);
  }

  function restack(keep) {
    const view = camera.view();
    const at = keep && keep.y !== undefined ? view.y(keep.y) : null;
    model.stack();
    refresh();
    const y = at === null ? view.centre.y : keep.y - (at - view.height / 2) / view.scale;
    camera.moveTo({ x: view.centre.x, y }, view.scale);
    hooks.onLevel();
  }

  function setLanes(by) {
    model.lanesBy = by;
    arrange();
    camera.showTop();
  }

  function setFilter(filter) {
    state.filter = filter;
    arrange();
    camera.showTop();
  }

  function setLinks(use) {
    model.linkUse = use;
    tallies.clear();
    if (state.chosen !== null) return choose(state.chosen);
    laneButtons.build();
    refresh();
    return hooks.onArrange();
  }

  // --- choosing -----------------------------------------------------------------------------------

  function onTap(event) {
    if (!stage.contains(event.target)) return;
    const frame = stage.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    if (y < knockon.AXIS) return;
    const scene = makeScene();
    const mark = hitMark(scene, x, y);
    if (!mark) choose(null);
    else if (isOnTurn(scene, mark, x)) toggle(mark.number);
    else choose(mark.number);
  }

  const panel = new knockon.Panel(model, {
    onChoose: (number) => choose(number, { focus: true, move: true }),
    onOpen: (number) => {
      toggle(number);
      panel.show(number);
      panel.focus();
    },
    onClose: () => {
      choose(null);
      stage.focus();
    },
    onHow: (how) => {
      Object.assign(state.how, how);
      choose(state.chosen, { move: true });
    },
    onShowAll: () => {
      state.filter = {};
      choose(state.chosen, { focus: true, move: true, anew: true });
    },
    how: state.how, most: CHAIN,
  });

  function choose(number, { focus = false, move = false, anew = false } = {}) {
    const wasAlone = state.alone === "chain";
    state.chosen = number;
    state.chain = number === null ? null : chainOf(number);
    const isAlone = state.how.only && state.chain !== null;
    if (wasAlone || isAlone || anew) arrange(number);
    table.choose(number);
    if (number === null) {
      panel.clear();
      refresh();
      hooks.onChoose(null);
      hooks.onArrange();
      return;
    }
    const mark = model.markOf.get(number);
    if (mark && model.isRolled(mark) && (focus || move)) openFor(mark);
    panel.show(number);
    refresh();
    if (mark && (move || isAlone)) camera.bringIn(mark);
    hooks.onArrange();
    if (hooks.onChoose(number)) return;
    if (focus) panel.focus();
    const text = textOf(number);
    say(`${text.id} ${text.title}. ${text.expected}. ${text.owner}. Waits for ${(model.into.get(number) || []).length}, ` +
      `needed by ${(model.outOf.get(number) || []).length}.`);
  }

  /** Let others know what is chosen (true where they show it in their own way), shown, or opened. */
  const hooks = { onChoose: () => false, onArrange: () => {}, onLevel: () => {} };

  function chainOf(number) {
    const { show, along, steps, only } = state.how;
    return model.chain(number, {
      before: show !== "after", after: show !== "before", driving: along === "driving",
      steps: steps === "all" ? Infinity : Number(steps), most: only ? CHAIN : Infinity,
    });
  }

  function pickOut(value) {
    const entry = value === "" ? null : data.highlights[Number(value)];
    Object.assign(state, { pick: null, picked: value });
    choose(null);
    if (!entry) return;
    const items = new Set(entry[1]);
    const links = new Set(model.links.filter((l) => items.has(l.from) && items.has(l.to)).map((l) => l.number));
    state.pick = { items, links };
    refresh();
    const first = entry[1].map((number) => model.markOf.get(number)).find(Boolean);
    if (first) camera.bringIn(first);
    say(`${entry[0]}: ${plural(items.size, "item")} highlighted`);
  }

  // --- opening and closing ------------------------------------------------------------------------

  function toggle(number) {
    if (model.open.has(number)) model.open.delete(number);
    else model.open.add(number);
    restack(model.markOf.get(number));
    say(`${textOf(number).id} ${model.open.has(number) ? "opened" : "closed"}`);
  }

  /** Open what holds these marks, as far as their lanes can be opened. */
  function uncover(marks) {
    for (const mark of marks) {
      model.closeLane(model.lanes[mark.lane], false);
      if (mark.group !== mark.number) model.open.add(mark.group);
    }
  }

  function openFor(mark) {
    uncover([mark]);
    restack(mark);
  }

  function openItems(numbers) {
    const marks = numbers.map((number) => model.markOf.get(number)).filter(Boolean);
    uncover(marks);
    restack(null);
    if (marks.length) camera.bringIn(marks[0]);
  }

  function toggleLane(lane) {
    if (lane.closed && !model.canOpen(lane)) {
      say(`${lane.title} holds ${plural(lane.marks.length, "item")}, too many to draw one by one. Filter them, or find one.`);
      return hooks.onArrange(lane);
    }
    lane.closed = !lane.closed;
    restack({ get y() { return lane.top; } });
    return say(`${lane.title} ${lane.closed ? "closed" : "opened"}`);
  }

  function setLevel(level) {
    if (level === "lanes") camera.showSpan();
    if (model.byObjective !== (level === "objectives")) {
      model.byObjective = level === "objectives";
      arrange();
    }
    model.lanes.forEach((lane) => model.closeLane(lane, level === "lanes"));
    model.openAll(level === "all");
    restack(null);
  }

  /** What is open, where that has a name. */
  function level() {
    const closed = model.lanes.filter((lane) => lane.closed).length;
    if (closed === model.lanes.length) return "lanes";
    if (closed) return "";
    const opened = [...model.parts.keys()].filter((number) => model.open.has(number)).length;
    if (!opened) return model.byObjective ? "objectives" : "groups";
    return opened === model.parts.size && !model.byObjective ? "all" : "";
  }

  /** Show a scenario on the map: which marks move where, and what is picked out; none for null. */
  const effect = new knockon.Effect(model);
  let movedAlone = ""; // what stood alone when it was last laid out
  function showEffect(moves, links, only = false) {
    effect.show(moves);
    state.effect = moves.size ? { items: new Set(moves.keys()), links } : null;
    state.onlyMovers = only;
    const told = String([...(movers() ?? [])]);
    if (told === movedAlone) return refresh();
    movedAlone = told;
    return arrange();
  }

  camera.listenToPointer(onTap);
  knockon.onForcedColours(() => {
    colours = knockon.palette();
    refresh();
  });
  byId("in").addEventListener("click", () => camera.zoomBy(1.3));
  byId("out").addEventListener("click", () => camera.zoomBy(1 / 1.3));
  byId("span").addEventListener("click", () => camera.showSpan());
  table.show(() => true);
  camera.showStart(data.focus.map((number) => model.markOf.get(number)).filter(Boolean));
  settleSizes();
  const search = byId("find") && new knockon.Search(model, {
    onChoose: (number) => choose(number, { focus: true, move: true }), say,
  });
  knockon.app = {
    data, model, network, lines, choose, state, search, camera, setLevel, level, setLanes, setFilter, setLinks, pickOut, toggle,
    arrange, scene: makeScene, panel, hooks, say, textOf, showEffect, openItems, isLarge,
  };
})();
