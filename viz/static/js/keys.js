/* The keyboard on the map, and links of the page that lead to it. */
(function () {
  "use strict";
  const knockon = window.knockon;
  const { app } = knockon;
  if (!app) return;
  const { model, state, camera, choose, say } = app;
  const stage = document.getElementById("canvas");

  /** The item after or before the chosen one, in reading order of what is on the map. */
  function step(by) {
    const order = model.marks.filter((mark) => !model.isRolled(mark)).sort((a, b) => a.y - b.y || a.right - b.right);
    const at = order.findIndex((mark) => mark.number === state.chosen);
    const next = order[Math.min(order.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (next) choose(next.number, { move: true });
    else say("Everything is closed: open a lane, or find an item.");
  }

  function follow(table, end) {
    const links = (table.get(state.chosen) || []).filter((one) => one.state === "accepted" || model.linkUse === "all");
    if (links.length) choose(links[0][end], { move: true });
    else say("No link that way");
  }

  const KEYS = {
    ArrowLeft: () => follow(model.into, "from"),
    ArrowRight: () => follow(model.outOf, "to"),
    ArrowUp: () => step(-1),
    ArrowDown: () => step(1),
    Home: () => step(-Infinity),
    Enter: () => (state.chosen === null ? step(0) : app.panel.focus()),
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

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#i"]');
    if (!link || !/^#i\d+$/.test(link.hash)) return;
    const number = Number(link.hash.slice(2));
    if (!(number < model.texts.size)) return;
    event.preventDefault();
    choose(number, { focus: true, move: true });
    document.getElementById("map-app").scrollIntoView({ block: "start", behavior: camera.still.matches ? "auto" : "smooth" });
  });

  document.documentElement.classList.add("ready");
})();
