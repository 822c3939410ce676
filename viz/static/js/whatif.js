/* What-if in the page: joins the choices in the panel, the engine, the map and the results. */
(function () {
  "use strict";
  const knockon = window.knockon;
  const { app } = knockon;
  const pack = app && app.model.data.whatif;
  if (!pack) return;
  const { BY_START, ChangeList, Engine, NEVER, OPENS, Results, ScenarioBook, Search, Teller, make, shown } = knockon;
  const byId = (name) => document.getElementById(`w-${name}`);
  const pane = document.getElementById("whatif");
  const QUOTED = 60;
  const OPENED = 40; // more moved items than this are left in their closed actions
  const QUIET = 700; // milliseconds after which a sentence is read out

  const engine = new Engine(pack);
  if (!engine.agrees) {
    byId("open").replaceWith(make("p", { class: "note" }, "What-if is switched off: this browser does not arrive at the "
      + "dates of the plan. Ask for it with knockon whatif."));
    return;
  }

  // --- items: positions of the engine, numbers of the page's rows ----------------------------------

  const numberOf = new Map(app.model.parents.map((_, number) => [app.textOf(number).id, number]));
  const rowOf = (position) => numberOf.get(pack.ids[position]) ?? null;

  function textOf(position) {
    const number = rowOf(position);
    if (number === null) return { id: pack.ids[position], title: "", owner: "", number };
    return { ...app.textOf(number), number };
  }

  function shorten(title) {
    if (title.length <= QUOTED) return title;
    const cut = title.slice(0, QUOTED - 1);
    return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), QUOTED / 2)).replace(/[ ,;:\-–]+$/, "")}…`;
  }

  const quote = (id) => `${id} “${shorten(textOf(engine.at.get(id)).title)}”`;
  const teller = new Teller(engine, quote);
  const results = new Results(engine, teller, textOf);
  const book = new ScenarioBook(pack.plan);

  function nameOf(change) {
    if (change.op === "slip_group") {
      const name = teller.groupName(change);
      return { id: "", title: name, short: name };
    }
    return { id: change.item, title: textOf(engine.at.get(change.item)).title, short: change.item };
  }

  /** Why an item cannot be changed, in words; null where it can. */
  function refusal(id) {
    const position = engine.at.get(id);
    if (position === undefined) return "it is not in the calculation";
    if (engine.net.over[position]) return "it is finished or dropped";
    const error = engine.answer([{ op: "slip", item: id, by: "1d" }]).error;
    return error ? "it has no date to slip" : null;
  }

  // --- from the book to the page ---------------------------------------------------------------------

  const list = new ChangeList(engine, {
    name: nameOf,
    onEdit: (place, change, holding) => {
      book.replace(place, change, holding);
      update();
    },
    onRemove: (place) => {
      book.remove(place);
      redraw();
      focusOn(byId("changes").querySelector("input, select, button") || byId("find"));
    },
    onSettle: () => book.letGo(),
  });
  list.now = (place) => book.current.changes[place];

  const focusOn = (element) => element && element.focus();

  /** Work the scenario out and show it: sentence, map, timeline, table. */
  function update() {
    const { current, beside } = book;
    const answer = engine.answer(current.changes);
    showSentence(current, answer);
    if (current.changes.length) results.show(current, answer);
    else results.clear();
    results.compare({ scenario: current, answer },
      beside && { scenario: beside, answer: engine.answer(beside.changes) });
    app.showEffect(...effectOf(answer), byId("only").checked);
    byId("undo").disabled = !book.past.length;
    byId("reset").disabled = !current.changes.length;
    byId("save").disabled = !current.changes.length || Boolean(answer.error);
    knockon.whatif.answer = answer;
    if (app.state.chosen !== null && pane.hidden) app.panel.show(app.state.chosen);
  }

  let speaking = 0;
  function showSentence(scenario, answer) {
    const sentence = teller.sentence(scenario, answer);
    byId("answer").hidden = pane.hidden && !scenario.changes.length;
    byId("sentence").textContent = sentence;
    byId("more").replaceChildren(...teller.more(answer).map((said) => make("li", {}, said)));
    byId("more").hidden = !byId("more").children.length;
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      if (byId("says").textContent !== sentence) byId("says").textContent = sentence;
    }, QUIET);
  }

  /** Where the map's marks move to, and the links along which they do. */
  function effectOf(answer) {
    const moves = new Map();
    for (const row of answer.error ? [] : answer.items) {
      const number = rowOf(row.position);
      const mark = number === null ? null : app.model.all.get(number);
      if (mark && (row.spare || row.work || row.changed)) moves.set(number, place(mark, row, answer.after));
    }
    const carries = (link) => link.state === "accepted" && moves.has(link.from) && moves.has(link.to);
    return [moves, new Set(app.model.links.filter(carries).map((link) => link.number))];
  }

  /** The x of a moved mark: its own, by as many days as the dates shown differ. */
  function place(mark, row, after) {
    const home = homes.get(mark.number);
    const { perDay } = app.model.axis;
    const day = (passes, end) => {
      const found = shown(engine, passes, row.position, end);
      return found ? found.day + (found.minutes ?? 0) / knockon.DAY : null;
    };
    const by = (passes, end) => {
      const [was, is] = [day(engine.baseline.spare, end), day(passes, end)];
      return was === null || is === null ? 0 : (is - was) * perDay;
    };
    const end = engine.baseline.spare.dates.finish[row.position] === NEVER ? "start" : "finish";
    const right = home.right + by(after.spare, end);
    const left = home.left === home.right ? right : Math.min(right, home.left + by(after.spare, "start"));
    return { left, right, latest: home.right + by(after.work, end), late: engine.isLate(after.spare, row.position) };
  }
  const homes = new Map([...app.model.all.values()].map(({ number, left, right }) => [number, { left, right }]));

  /** Draw the controls anew, then the answer. */
  function redraw() {
    const { current, state } = book;
    list.show(current.changes);
    if (document.activeElement !== byId("name")) byId("name").value = current.name;
    showList(state);
    update();
  }

  function showList({ list: scenarios, current, beside }) {
    byId("list").hidden = scenarios.length < 2;
    byId("list").replaceChildren(...scenarios.map((one, at) => make("li", {}, make("button", {
      type: "button", "aria-pressed": String(at === current), onclick: () => {
        book.show(at);
        redraw();
        focusOn(byId("list").querySelectorAll("button")[at]);
      },
    }, one.name))));
    byId("drop").hidden = byId("beside-field").hidden = scenarios.length < 2;
    byId("beside").replaceChildren(make("option", { value: "" }, "Nothing"),
      ...scenarios.flatMap((one, at) => (at === current ? [] : [make("option", { value: String(at) }, one.name)])));
    byId("beside").value = beside === null ? "" : String(beside);
  }

  // --- choosing what changes -------------------------------------------------------------------------

  function addChange(change, control) {
    book.add(change);
    redraw();
    const { answer } = knockon.whatif;
    if (!answer.error) openMoved(answer, change.item);
    focusOn(document.getElementById(`w-${control}-${book.current.changes.length - 1}`));
  }

  function openMoved(answer, first) {
    const rows = answer.items.filter((row) => !row.isParent || row.changed);
    const shownRows = rows.length <= OPENED ? rows : rows.filter((row) => row.id === first);
    const ids = shownRows.map((row) => row.id).sort((a, b) => (b === first) - (a === first));
    app.openItems(ids.map((id) => numberOf.get(id)).filter((number) => number !== undefined));
  }

  function addItem(number) {
    const { id } = app.textOf(number);
    const why = refusal(id);
    if (why) {
      byId("chosen").hidden = false;
      byId("chosen").textContent = `${id} cannot be changed: ${why}.`;
      app.say(byId("chosen").textContent);
      return;
    }
    const known = book.current.changes.findIndex((one) => one.item === id);
    if (known >= 0) focusOn(document.getElementById(`w-amount-${known}`) || document.getElementById(`w-date-${known}`));
    else addChange({ op: "slip", item: id, by: "1m" }, "slider");
  }

  new Search(app.model, { onChoose: addItem, say: app.say, field: "w-find", list: "w-found" });

  function setUpGroups() {
    const groups = [["Officers", "officer", pack.officers], ["Boards", "board", pack.boards]];
    byId("group").append(make("option", { value: "" }, "Choose"));
    for (const [label, kind, known] of groups.filter((one) => one[2].length)) {
      byId("group").append(make("optgroup", { label }, ...known.map(([id, name, leaves]) =>
        make("option", { value: JSON.stringify({ [kind]: id }) }, `${name} (${leaves.length})`))));
      byId("groups").hidden = false;
    }
    byId("add").addEventListener("click", () => {
      if (!byId("group").value) return focusOn(byId("group"));
      const chosen = JSON.parse(byId("group").value);
      byId("group").value = "";
      return addChange({ op: "slip_group", ...chosen, by: "1m" }, "slider");
    });
  }

  // --- the panel ---------------------------------------------------------------------------------------

  function open(isOpen, focus) {
    const { chosen } = app.state;
    knockon.showPane(isOpen ? "whatif" : "legend");
    if (isOpen) offer(chosen);
    else if (chosen !== null) app.panel.show(chosen);
    update();
    if (focus) focusOn(isOpen ? byId("title") : byId("open"));
  }

  /** In what-if, what is chosen on the map is offered as a change instead of shown in full. */
  function offer(number) {
    byId("chosen").hidden = number === null;
    if (number === null) return;
    const { id, title } = app.textOf(number);
    const why = refusal(id);
    const act = why ? `: ${why}.` : make("button", { type: "button", class: "to", onclick: () => addItem(number) }, `Change ${id}`);
    byId("chosen").replaceChildren("Chosen on the map: ", make("b", {}, id), ` ${shorten(title)} `, act);
  }

  app.hooks.onChoose = (number) => {
    if (pane.hidden) return false;
    offer(number);
    if (number !== null) app.say(byId("chosen").textContent);
    return number !== null;
  };

  /** In the details of an item: where the scenario moves it, and a way to change it. */
  app.panel.extra = (number) => {
    const { id } = app.textOf(number);
    const { answer } = knockon.whatif;
    const row = answer && !answer.error && book.current.changes.length ? answer.items.find((one) => one.id === id) : null;
    const said = row ? make("p", { class: "note" }, `In “${book.current.name}”: ${results.becomes(row, answer)}, ${knockon.moveWords(row)}.`) : null;
    const start = () => {
      open(true, false);
      addItem(number);
    };
    const button = refusal(id) ? null : make("p", {}, make("button", { type: "button", onclick: start }, "What if it slips?"));
    return [said, button].filter(Boolean);
  };

  function save() {
    const { current } = book;
    const name = current.name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "scenario";
    const address = URL.createObjectURL(new Blob([book.toFile(current)], { type: "application/json" }));
    const link = make("a", { href: address, download: `${name}.json` });
    link.click();
    URL.revokeObjectURL(address);
    app.say(`Downloaded as ${name}.json`);
  }

  const actions = {
    open: () => open(pane.hidden, true),
    close: () => open(false, true),
    undo: () => {
      book.undo();
      redraw();
    },
    reset: () => {
      book.reset();
      redraw();
      focusOn(byId("find"));
    },
    begin: () => {
      book.begin();
      redraw();
      focusOn(byId("name"));
      byId("name").select();
    },
    drop: () => {
      book.drop();
      redraw();
      focusOn(byId("name"));
    },
    save,
  };
  for (const [name, act] of Object.entries(actions)) byId(name).addEventListener("click", act);
  byId("name").addEventListener("input", () => {
    book.rename(byId("name").value.trim() || "Scenario");
    showList(book.state);
    update();
  });
  byId("name").addEventListener("change", () => book.letGo());
  byId("beside").addEventListener("change", () => {
    book.compare(byId("beside").value === "" ? null : Number(byId("beside").value));
    update();
  });

  byId("only").addEventListener("change", update);
  const showAll = () => {
    byId("only").checked = false;
    update();
  };

  byId("basis").textContent = teller.basis();
  setUpGroups();
  knockon.whatif = { engine, book, teller, answer: null, open, addItem, redraw, showAll };
  redraw();
})();
