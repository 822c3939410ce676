/* The tools above the map and the filter beside it: lanes, what is open, which links, what is highlighted
   and what is hidden. All of it stands in the address, so that a link shows the same again. */
(function () {
  "use strict";
  const knockon = window.knockon;
  const { app } = knockon;
  if (!app || !document.getElementById("level")) return;
  const { amountOf, make, readAddress, showPane, writeAddress } = knockon;
  const { data, model, state } = app;
  const byId = (id) => document.getElementById(id);
  const NAMES = { theme: "Theme", part: "Part of it", directorate: "Directorate", owner: "Owner", board: "Board", status: "Status", rag: "RAG rating" };
  const LANES = { theme: "Themes", part: "Their parts", directorate: "Directorates", owner: "Owners", board: "Boards" };
  const usual = { ...state.how, links: model.linkUse, level: app.level() };

  const options = (select, pairs) => select.append(...pairs.map(([value, words]) => make("option", { value }, words)));

  // --- the tools ----------------------------------------------------------------------------------

  function setUpTools() {
    const known = Object.entries(LANES).filter(([key]) => model.facets.by.has(key));
    options(byId("lanes"), known.length ? known : [["theme", "All items"]]);
    byId("lanes").addEventListener("change", (event) => app.setLanes(event.target.value));
    byId("level").addEventListener("change", (event) => app.setLevel(event.target.value));
    byId("links-shown").addEventListener("change", (event) => app.setLinks(event.target.value));
    byId("pick")?.addEventListener("change", (event) => app.pickOut(event.target.value));
    const proposed = model.links.filter((link) => link.state === "proposed").length;
    options(byId("links-shown"), [["accepted", "Accepted"], ...(proposed ? [["all", `And proposed (${amountOf(proposed)})`]] : []),
      ["driving", "That set a date"], ["none", "None"]]);
    const kinds = new Set(model.marks.map((mark) => model.texts.kind(mark.number)));
    options(byId("level"), [["lanes", ""], ...(hasObjectives() ? [["objectives", "Objectives"]] : []),
      ...(model.parts.size ? [["groups", kinds.has("action") ? "Actions" : "Summaries"]] : []), ["all", "Everything"]]);
    byId("level").append(make("option", { value: "", hidden: "" }, "Some opened"));
  }

  /** Whether anything could be closed into an objective that is more than an action. */
  const hasObjectives = () => model.depths.some((line) => line.length > 1);

  function showTools() {
    byId("lanes").value = model.lanesBy;
    byId("links-shown").value = model.linkUse;
    if (byId("pick")) byId("pick").value = state.picked;
    const first = byId("level").options[0];
    first.textContent = model.facets.by.size ? `${LANES[model.lanesBy]} only` : "Counts";
    byId("level").value = app.level();
    const isFew = !model.isCounted();
    for (const one of byId("level").options) one.disabled = !isFew && one.value !== "lanes" && one.value !== "";
  }

  // --- the filter ---------------------------------------------------------------------------------

  const selects = new Map();

  function setUpFilter() {
    for (const facet of model.facets.list) {
      const amounts = new Map();
      model.parents.forEach((_, number) => {
        const places = model.facets.values(facet.key, number);
        for (const place of places.length ? places : [-1]) amounts.set(place, (amounts.get(place) ?? 0) + 1);
      });
      if (amounts.size < 2) continue; // all alike: nothing to choose
      const select = make("select", { id: `f-${facet.key}` });
      options(select, [["all", "All"],
        ...facet.names.map((name, place) => [`=${facet.keys[place]}`, `${name} (${amountOf(amounts.get(place))})`]),
        ...(amounts.has(-1) && facet.none ? [["=", `${facet.none} (${amountOf(amounts.get(-1))})`]] : [])]);
      select.addEventListener("change", applyFilter);
      selects.set(facet.key, select);
      byId("f-fields").append(make("div", { class: "field" }, make("label", { for: select.id }, NAMES[facet.key]), select));
    }
    byId("f-soon-field").hidden = model.facets.soon === null;
    byId("f-soon").addEventListener("change", applyFilter);
    byId("f-open").addEventListener("click", () => openFilter(byId("filter").hidden));
    byId("f-close").addEventListener("click", () => openFilter(false));
    for (const id of ["f-clear", "shown-all"]) byId(id).addEventListener("click", () => showEverything(id));
  }

  function openFilter(isOpen) {
    if (isOpen) showPane("filter");
    else if (state.chosen === null) showPane("legend");
    else app.panel.show(state.chosen);
    byId(isOpen ? "f-title" : "f-open").focus();
  }

  function applyFilter() {
    const filter = {};
    for (const [key, select] of selects) if (select.value !== "all") filter[key] = select.value.slice(1);
    if (byId("f-soon").checked) filter.soon = "1";
    if (state.how.only && state.chosen !== null) app.choose(null); // a chain alone is left for what is asked now
    app.setFilter(filter);
    app.say(byId("shown-words").textContent || "Everything is shown.");
  }

  function showEverything(from) {
    state.how.only = false;
    knockon.whatif?.showAll();
    app.setFilter({});
    if (state.chosen !== null) app.choose(state.chosen);
    app.say("Everything is shown.");
    byId(from === "f-clear" ? "f-title" : "find").focus();
  }

  function showFilter() {
    for (const [key, select] of selects) select.value = state.filter[key] === undefined ? "all" : `=${state.filter[key]}`;
    byId("f-soon").checked = Boolean(state.filter.soon);
    const amount = model.texts.size;
    byId("shown").hidden = model.shown === null;
    byId("map-hint").hidden = model.shown !== null || model.isCounted();
    byId("counted").hidden = !model.isCounted();
    if (model.shown === null) {
      byId("shown-words").textContent = "";
      return;
    }
    const why = {
      chain: () => `Only the chain of ${app.textOf(state.chosen).id} is shown`, scenario: () => "Only what the scenario moves is shown",
    }[state.alone] ?? (() => "The filter is on");
    const [seen, unseen] = [model.shown.size, amount - model.shown.size];
    byId("shown-words").textContent = `${why()}: ${amountOf(seen)} of ${amountOf(amount)} items, ${amountOf(unseen)} hidden.`;
  }

  // --- the address --------------------------------------------------------------------------------

  let isFollowing = false; // what is on its way to what the address tells is not told there

  function tellAddress() {
    if (isFollowing) return;
    const { how, chosen, filter, picked } = state;
    const level = app.level();
    const unlike = (name) => (how[name] === usual[name] ? undefined : how[name]);
    const only = how.only === usual.only ? undefined : Number(how.only);
    const address = writeAddress({
      ...filter, item: chosen === null ? undefined : app.textOf(chosen).id, show: chosen === null ? undefined : how.show,
      along: unlike("along"), steps: unlike("steps"), only, lanes: model.lanesBy === "theme" ? undefined : model.lanesBy,
      level: level === usual.level || !level || state.alone ? undefined : level,
      links: model.linkUse === usual.links ? undefined : model.linkUse, pick: picked === "" ? undefined : data.highlights[picked][0],
    });
    // A page held inside another one (a notebook's cell) has no address of its own to keep.
    if (location.protocol === "about:") return;
    if (address !== location.hash && (address || readAddress(location.hash))) {
      history.replaceState(null, "", address || location.pathname + location.search);
    }
  }

  const among = (select, value) => [...select.options].some((one) => one.value === value && !one.disabled);

  /** Show what an address tells; what this page does not know is passed over. */
  function followAddress() {
    const told = readAddress(location.hash);
    if (!told) return;
    isFollowing = true;
    state.how.show = ["before", "after"].includes(told.show) ? told.show : "both";
    state.how.along = told.along === "driving" ? "driving" : "all";
    state.how.steps = ["1", "2", "3", "all"].includes(told.steps) ? told.steps : usual.steps;
    state.how.only = told.only === undefined ? usual.only : told.only === "1";
    if (told.links && among(byId("links-shown"), told.links)) model.linkUse = told.links;
    if (told.lanes && among(byId("lanes"), told.lanes)) model.lanesBy = told.lanes;
    state.filter = {};
    for (const [key, select] of selects) if (told[key] !== undefined && among(select, `=${told[key]}`)) state.filter[key] = told[key];
    if (told.soon && model.facets.soon) state.filter.soon = "1";
    app.arrange();
    if (told.level && among(byId("level"), told.level)) app.setLevel(told.level);
    const pick = data.highlights.findIndex(([name]) => name === told.pick);
    if (pick >= 0) app.pickOut(String(pick));
    const item = told.item === undefined ? -1 : app.search.numberOf(told.item);
    if (item >= 0) app.choose(item, { move: true });
    isFollowing = false;
    tellAddress();
  }

  function showAll() {
    showTools();
    showFilter();
    tellAddress();
  }

  setUpTools();
  setUpFilter();
  app.hooks.onArrange = showAll;
  app.hooks.onLevel = () => {
    showTools();
    tellAddress();
  };
  followAddress();
  window.addEventListener("hashchange", followAddress);
  showAll();
})();
