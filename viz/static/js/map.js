/* Joins the parts: vis-network for the picture of links, panning and zoom; our model, painting and
   panel for the rest. */
(function () {
  "use strict";
  const knockon = window.knockon;
  const block = document.getElementById("map-data");
  if (!block) return;
  document.documentElement.classList.add("scripts");

  const data = JSON.parse(block.textContent);
  const model = new knockon.MapModel(data);
  const stage = document.getElementById("canvas");
  const byId = (id) => document.getElementById(id);
  const says = byId("says");

  const state = { chosen: null, chain: null, pick: null, effect: null };
  const texts = new Map();
  const tallies = new Map();
  const looks = new Map(); // how each link was drawn last
  let colours = knockon.palette();
  const CROWD = 600; // more lines than this are drawn thin and without numbers
  let crowded = false;
  let drawnAt = 1; // the zoom that links have their width for: on the screen it stays the same

  const say = (words) => {
    says.textContent = words;
  };

  function textOf(number) {
    if (!texts.has(number)) texts.set(number, model.text(number));
    return texts.get(number);
  }

  /** How many parts a closed action has and how many links cross its edge, in words. */
  function tallyOf(mark) {
    const key = `${mark.number} ${model.showProposed}`;
    if (!tallies.has(key)) {
      const inside = (one) => one.group === mark.number;
      tallies.set(key, tallyWords(model.countParts(mark.number), model.crossings(inside)));
    }
    return tallies.get(key);
  }

  function tallyWords(amount, { into, out }) {
    const links = [into && `waits for ${into}`, out && `needed by ${out}`].filter(Boolean);
    return [amount, ...links].join(" · ");
  }

  // --- the picture of nodes and links -----------------------------------------------------------

  // Nodes only hold the ends of links: the marks themselves are painted over them.
  const nodes = new vis.DataSet(model.marks.flatMap(nodesOf));
  const edges = new vis.DataSet([]);
  const network = new vis.Network(stage, { nodes, edges }, data.options);
  network.canvas.frame.tabIndex = -1; // our own frame takes the focus and has a name

  /** A node where an item finishes, and one where it starts if it has a length. */
  function nodesOf(mark) {
    const y = knockon.markY(model, mark);
    const size = model.isRolled(mark) ? 3 : 5;
    const found = [{ id: `${mark.number}F`, x: mark.right, y, size, opacity: 0 }];
    if (model.hasLength(mark)) found.push({ id: `${mark.number}S`, x: mark.left, y, size: 2, opacity: 0 });
    return found;
  }

  const anchor = (number, end) =>
    `${number}${end === "S" && model.hasLength(model.markOf.get(number)) ? "S" : "F"}`;

  function edgeOf({ link, count, clash }) {
    const from = anchor(link.from, link.type[0]);
    const to = anchor(link.to, link.type[1]);
    const number = count > 1 && !crowded && !litLinks() ? `${count} links` : "";
    const words = [number, clash ? "✕" : ""].filter(Boolean).join(" ");
    const steep = Math.abs(nodes.get(from).x - nodes.get(to).x) < 24;
    return {
      // A blank, not nothing: vis-network keeps the label before where the new one is empty.
      id: link.number, from, to, label: words || " ", dashes: dashesOf(link, clash),
      font: { size: (clash ? 15 : 11) / drawnAt, face: "Arial", color: clash ? colours.late : colours.soft, background: words ? colours.paper : "none",
        strokeWidth: 0 },
      smooth: steep ? { enabled: true, type: "curvedCW", roundness: 0.25 } : data.options.edges.smooth,
      ...lookOf(link, clash, count),
    };
  }

  function dashesOf(link, clash) {
    if (clash) return [3 / drawnAt, 3 / drawnAt];
    return link.state === "proposed" && [7 / drawnAt, 5 / drawnAt];
  }

  function lookOf(link, clash, count) {
    const plain = clash ? colours.late : link.driving ? colours.ink : colours.line;
    const strong = link.driving || clash ? 2.2 : 1.2;
    const thick = crowded ? strong / 2 : strong + Math.min(2, (count - 1) * 0.4);
    const lit = litLinks();
    const inChain = lit && lit.has(link.number);
    const tint = !lit ? plain : inChain ? colours.main : colours.fade;
    const width = (!lit ? thick : inChain ? 2.6 : 1) / drawnAt;
    const arrows = { to: { enabled: true, scaleFactor: 0.42 / drawnAt } };
    return { color: { color: tint, inherit: false }, width, arrows };
  }

  const lit = () => state.chain || state.effect || state.pick;
  const litLinks = () => lit()?.links ?? null;
  const litItems = () => lit()?.items ?? null;

  /** Bring nodes and links up to date with what is open, chosen and picked out. */
  function refresh() {
    const moved = model.marks.flatMap(nodesOf).filter((node) => {
      const old = nodes.get(node.id);
      return old.y !== node.y || old.x !== node.x || old.size !== node.size;
    });
    if (moved.length) nodes.update(moved);
    const bundles = model.drawnLinks();
    crowded = bundles.length > CROWD;
    const drawn = bundles.map(edgeOf);
    const kept = new Set(drawn.map((edge) => edge.id));
    edges.remove(edges.getIds().filter((id) => !kept.has(id) && looks.delete(id)));
    edges.update(drawn.filter(looksNew));
    network.redraw();
  }

  /** Whether a link looks other than it did: only those are given to vis-network again. */
  function looksNew(edge) {
    const look = JSON.stringify(edge);
    if (looks.get(edge.id) === look) return false;
    looks.set(edge.id, look);
    return true;
  }

  // --- drawing and looking about ----------------------------------------------------------------

  const camera = new knockon.Camera(network, stage, model);
  const laneButtons = new knockon.LaneButtons(model, byId("lane-buttons"), {
    onToggle: toggleLane, onFocus: (lane) => camera.bringLaneIn(lane),
  });

  const makeScene = () => ({
    model, view: camera.view(), colours, chosen: state.chosen, lit: litItems(), text: textOf, tally: tallyOf,
  });

  network.on("beforeDrawing", (ctx) => knockon.paintBack(ctx, makeScene()));
  network.on("afterDrawing", (ctx) => {
    const scene = makeScene();
    knockon.paintFront(ctx, scene);
    laneButtons.place(scene.view);
    if (Math.abs(Math.log2(scene.view.scale / drawnAt)) > 0.3) keepWidths(scene.view.scale);
  });

  let widening = 0;
  function keepWidths(scale) {
    clearTimeout(widening);
    widening = setTimeout(() => {
      drawnAt = scale;
      refresh();
    }, 120);
  }

  camera.listenToPointer(onTap);

  // --- choosing ---------------------------------------------------------------------------------

  /** The mark at a point of the canvas: a diamond or bar first, then a label. */
  function hit(x, y) {
    const scene = makeScene();
    const { view } = scene;
    let best = null;
    let nearest = 14;
    for (const mark of model.marks) {
      if (model.isGroup(mark) && model.lanes[mark.lane].closed) continue;
      const my = view.y(knockon.markY(model, mark));
      const long = model.hasLength(mark) && !model.isRolled(mark);
      const dx = long ? Math.max(view.x(mark.left) - x, 0, x - view.x(mark.right)) : Math.abs(view.x(mark.right) - x);
      const far = Math.hypot(dx, my - y) + (long ? 3 : 0);
      if (far < nearest) [best, nearest] = [mark, far];
    }
    return best || model.marks.find((mark) => isOnLabel(scene, mark, x, y)) || null;
  }

  function isOnLabel(scene, mark, x, y) {
    if (model.isRolled(mark)) return false;
    const place = knockon.labelPlace(scene, mark);
    if (!place || !place.many) return false;
    const tall = place.many * place.line;
    const top = place.top === undefined ? place.middle - tall / 2 : place.top;
    return x > place.left - 16 && x < place.left + place.width && y > top && y < top + tall;
  }

  function onTap(event) {
    if (!stage.contains(event.target)) return;
    const frame = stage.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    if (y < knockon.AXIS) return;
    const mark = hit(x, y);
    if (!mark) return choose(null);
    const place = knockon.labelPlace(makeScene(), mark);
    const onTurn = place && model.isGroup(mark) && x < place.left && x > place.left - 18;
    if (onTurn) return toggle(mark.number);
    return choose(mark.number);
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
    onDirection: () => choose(state.chosen),
  });

  function choose(number, { focus = false, move = false } = {}) {
    state.chosen = number;
    state.chain = number === null ? null : chainOf(number);
    document.querySelectorAll("tr.chosen").forEach((row) => row.classList.remove("chosen"));
    if (number === null) {
      panel.clear();
      refresh();
      hooks.onChoose(null);
      return;
    }
    byId(`i${number}`).classList.add("chosen");
    const mark = model.markOf.get(number);
    if (mark && model.isRolled(mark) && (focus || move)) openFor(mark);
    panel.show(number);
    refresh();
    if (mark && move) camera.bringIn(mark);
    if (hooks.onChoose(number)) return;
    if (focus) panel.focus();
    const text = textOf(number);
    say(`${text.id} ${text.title}. ${text.expected}. ${text.owner}. Waits for ${(model.into.get(number) || []).length}, ` +
      `needed by ${(model.outOf.get(number) || []).length}.`);
  }

  /** Let somebody else know what is chosen; true where they have shown it in their own way. */
  const hooks = { onChoose: () => false };

  function chainOf(number) {
    const how = panel.direction;
    return model.chain(number, {
      before: how !== "after", after: how !== "before", depth: how === "near" ? 1 : Infinity,
    });
  }

  // --- opening and closing ----------------------------------------------------------------------

  function restack(keep) {
    const view = camera.view();
    const at = keep ? view.y(keep.y) : null;
    model.stack();
    refresh();
    const y = keep ? keep.y - (at - view.height / 2) / view.scale : view.centre.y;
    camera.moveTo({ x: view.centre.x, y }, view.scale);
    showLevel();
  }

  function toggle(number) {
    if (model.open.has(number)) model.open.delete(number);
    else model.open.add(number);
    restack(model.markOf.get(number));
    const words = model.open.has(number) ? "opened" : "closed";
    say(`${textOf(number).id} ${words}`);
  }

  function openFor(mark) {
    model.lanes[mark.lane].closed = false;
    if (mark.group !== mark.number) model.open.add(mark.group);
    restack(mark);
  }

  /** Show a scenario on the map: which marks move where, and what is picked out; null for none. */
  const effect = new knockon.Effect(model);
  function showEffect(moves, links) {
    effect.show(moves);
    state.effect = moves.size ? { items: new Set(moves.keys()), links } : null;
    refresh();
  }

  /** Open what holds these items, and bring the first of them into view. */
  function openItems(numbers) {
    const marks = numbers.map((number) => model.markOf.get(number)).filter(Boolean);
    for (const mark of marks) {
      model.lanes[mark.lane].closed = false;
      if (mark.group !== mark.number) model.open.add(mark.group);
    }
    restack(null);
    if (marks.length) camera.bringIn(marks[0]);
  }

  function toggleLane(lane) {
    const first = { get y() { return lane.top; } };
    lane.closed = !lane.closed;
    restack(first);
    say(`${lane.title} ${lane.closed ? "closed" : "opened"}`);
  }

  function setLevel(level) {
    model.lanes.forEach((lane) => {
      lane.closed = level === "lanes";
    });
    model.open = new Set(level === "all" ? model.parts.keys() : []);
    restack(null);
    if (level === "lanes") camera.showSpan();
  }

  /** Say in the toolbar what is open, where that has a name. */
  function showLevel() {
    const closed = model.lanes.filter((lane) => lane.closed).length;
    const level = byId("level");
    if (!level) return;
    if (closed === model.lanes.length) level.value = "lanes";
    else if (!closed && !model.open.size) level.value = "groups";
    else if (!closed && model.open.size === model.parts.size) level.value = "all";
    else level.value = "";
  }

  // --- the toolbar ------------------------------------------------------------------------------

  const search = byId("find") && new knockon.Search(model, {
    onChoose: (number) => choose(number, { focus: true, move: true }), say,
  });

  function setUpToolbar() {
    byId("in").addEventListener("click", () => camera.zoomBy(1.3));
    byId("out").addEventListener("click", () => camera.zoomBy(1 / 1.3));
    byId("span").addEventListener("click", () => camera.showSpan());
    const level = byId("level");
    if (!level) return; // a page that shows the map as one picture among others
    level.addEventListener("change", (event) => setLevel(event.target.value));
    const pick = byId("pick");
    if (pick) pick.addEventListener("change", () => pickOut(pick.value));
    const proposed = model.links.filter((link) => link.state === "proposed").length;
    if (!proposed) return;
    byId("proposed-field").hidden = false;
    byId("proposed").checked = model.showProposed;
    byId("proposed-field").querySelector("label").textContent = `Proposed links (${proposed})`;
    byId("proposed").addEventListener("change", (event) => {
      model.showProposed = event.target.checked;
      refresh();
    });
  }

  function pickOut(value) {
    const entry = value === "" ? null : data.highlights[Number(value)];
    state.pick = null;
    if (entry) {
      const items = new Set(entry[1]);
      const links = new Set(model.links.filter((l) => items.has(l.from) && items.has(l.to)).map((l) => l.number));
      state.pick = { items, links };
      const first = entry[1].map((number) => model.markOf.get(number)).find(Boolean);
      if (first) camera.bringIn(first);
      say(`${entry[0]}: ${knockon.plural(items.size, "item")} highlighted`);
    }
    choose(null);
  }

  // --- the keyboard -----------------------------------------------------------------------------

  /** The item after or before the chosen one, in reading order of what is on the map. */
  function step(by) {
    const order = model.marks.filter((mark) => !model.isRolled(mark))
      .sort((a, b) => a.y - b.y || a.right - b.right);
    const at = order.findIndex((mark) => mark.number === state.chosen);
    const next = order[Math.min(order.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (next) choose(next.number, { move: true });
  }

  function follow(table, end) {
    const links = (table.get(state.chosen) || []).filter((one) => model.showProposed || one.state === "accepted");
    if (links.length) choose(links[0][end], { move: true });
    else say("No link that way");
  }

  const KEYS = {
    ArrowLeft: () => follow(model.into, "from"),
    ArrowRight: () => follow(model.outOf, "to"),
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    Home: () => step(-Infinity),
    Enter: () => (state.chosen === null ? step(0) : panel.focus()),
    Escape: () => choose(null),
    PageUp: () => camera.panBy(0, -stage.clientHeight * 0.8),
    PageDown: () => camera.panBy(0, stage.clientHeight * 0.8),
    "+": () => camera.zoomBy(1.3),
    "=": () => camera.zoomBy(1.3),
    "-": () => camera.zoomBy(1 / 1.3),
  };
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  // --- links in the tables go to the map --------------------------------------------------------

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#i"]');
    if (!link || !/^#i\d+$/.test(link.hash)) return;
    const number = Number(link.hash.slice(2));
    if (!byId(`i${number}`)) return;
    event.preventDefault();
    choose(number, { focus: true, move: true });
    byId("map-app").scrollIntoView({ block: "start", behavior: camera.still.matches ? "auto" : "smooth" });
  });

  knockon.onForcedColours(() => {
    colours = knockon.palette();
    refresh();
  });
  setUpToolbar();
  camera.showStart(data.focus.map((number) => model.markOf.get(number)).filter(Boolean));
  drawnAt = network.getScale();
  refresh();
  showLevel();
  knockon.app = {
    model, network, choose, state, search, camera, setLevel, toggle, scene: makeScene, panel, hooks, say, textOf, showEffect,
    openItems,
  };
  document.documentElement.classList.add("ready");
})();
