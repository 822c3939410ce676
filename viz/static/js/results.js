/* What a scenario moves, as timeline and table below the map, and two scenarios side by side. Native
   HTML and SVG, text only; what has not changed since the last answer is left as it is. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { DAY, NEVER, civil, dateWords, daysOf, div, lateWords, make, moveWords } = knockon;
  const SVG = "http://www.w3.org/2000/svg";
  const ROWS = 24; // more are left to the table
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  function draw(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** Put rows into a body, keeping every row whose key and words are as they were. */
  function refill(body, entries) {
    const old = new Map([...body.children].map((row) => [row.dataset.key, row]));
    const rows = entries.map(({ key, words, build }) => {
      const known = old.get(key);
      if (known && known.dataset.words === words) return known;
      const row = build();
      Object.assign(row.dataset, { key, words });
      return row;
    });
    const isSame = rows.length === body.children.length && rows.every((row, place) => body.children[place] === row);
    if (!isSame) body.replaceChildren(...rows);
  }

  class Results {
    /** `textOf(position)`: id, title, owner and number of an item's row in the page's table. */
    constructor(engine, teller, textOf) {
      Object.assign(this, { engine, teller, textOf });
      this.part = (name) => document.getElementById(`w-${name}`);
      this.hasBoards = engine.pack.heard.length > 0;
    }

    clear() {
      this.part("results").hidden = true;
      this.part("comparison").hidden = true;
    }

    show(scenario, answer) {
      this.part("results").hidden = false;
      this.part("results-title").textContent = `What moves in “${scenario.name}”`;
      const rows = answer.error ? [] : answer.items;
      this.showTable(rows, answer);
      this.showTimeline(rows.filter((row) => !row.isParent || row.changed), answer);
    }

    // --- the table ---------------------------------------------------------------------------------

    showTable(rows, answer) {
      const isFirst = (row) => !row.isParent || row.changed || row.newlyLate || row.newlyLateIfWork;
      const wholes = rows.filter((row) => !isFirst(row));
      this.part("moved-scroll").hidden = rows.length === wholes.length;
      this.part("wholes-fold").hidden = !wholes.length;
      const verb = wholes.length === 1 ? "moves only because a part of it does" : "move only because a part of them does";
      this.part("wholes-title").textContent = `${knockon.plural(wholes.length, "more item")} that ${verb}`;
      refill(this.part("moved"), rows.filter(isFirst).map((row) => this.tableRow(row, answer)));
      refill(this.part("wholes"), wholes.map((row) => this.tableRow(row, answer)));
    }

    tableRow(row, answer) {
      const text = this.textOf(row.position);
      const { words, late } = lateWords(this.engine, row);
      const was = this.was(row.position);
      const cells = [text.owner, was, this.becomes(row, answer), moveWords(row), words];
      if (this.hasBoards) cells.push(row.spare || row.work ? this.teller.board([row.position]) : "");
      const way = answer.paths.to(row).slice(0, -1).map((one) => this.engine.pack.ids[one]).join(" → ");
      const build = () => make("tr", row.changed ? { class: "changed" } : {},
        make("th", { scope: "row", class: "wide" }, itemLink(text), " ", make("span", {}, text.title),
          row.changed ? " " : null, row.changed ? make("b", { class: "tag" }, "the change") : null,
          way ? make("small", { class: "via" }, `through ${way}`) : null),
        ...cells.map((said, place) => make("td", place === 1 ? { class: "when" } : late && place === 4 ? { class: "late" } : {}, said)));
      return { key: row.id, words: [row.changed, way, ...cells].join("|"), build };
    }

    /** The date without the change under both rules, and the new one. */
    was(position) {
      return this.both(this.engine.baseline, position);
    }

    becomes(row, { after }) {
      return this.both(after, row.position);
    }

    both(passes, position) {
      const [spare, work] = [passes.spare, passes.work].map((one) => dateWords(this.engine, one, position));
      return spare === work ? spare : `${spare}, or ${work} if gaps are work`;
    }

    // --- the timeline ------------------------------------------------------------------------------

    showTimeline(rows, answer) {
      const placed = rows.filter(({ position }) => answer.after.spare.dates.finish[position] !== NEVER
        && this.engine.baseline.spare.dates.finish[position] !== NEVER).slice(0, ROWS);
      this.part("timeline").hidden = !placed.length;
      this.part("keys").hidden = !placed.length;
      const more = rows.length - placed.length;
      this.part("timeline-more").textContent = more && placed.length ? `${knockon.plural(more, "more item")} in the table below.` : "";
      if (!placed.length) return;
      const spans = placed.map((row) => this.span(row, answer));
      const axis = makeAxis(spans);
      const head = { key: "head", words: axis.key, build: () => timelineHead(axis) };
      refill(this.part("timeline"), [head, ...placed.map((row, place) => this.timelineRow(row, spans[place], axis, answer))]);
    }

    span(row, { after }) {
      const { baseline, net } = this.engine;
      const finish = (passes) => passes.dates.finish[row.position];
      const due = net.due[row.position];
      return { before: finish(baseline.spare), now: finish(after.spare), latest: finish(after.work), due: due === NEVER ? null : due };
    }

    timelineRow(row, span, axis, answer) {
      const text = this.textOf(row.position);
      const { words, late } = lateWords(this.engine, row);
      const move = moveWords(row);
      const said = `${text.id}: ${this.was(row.position)} before, `
        + `${this.becomes(row, answer)} after; ${move}. ${words}.`;
      const label = row.newlyLate || row.newlyLateIfWork ? `${move}, ${row.newlyLate ? "newly late" : "newly late if work"}` : move;
      const build = () => make("div", { class: "t-row" },
        make("span", { class: "t-name" }, make("b", {}, text.id), ` ${text.title}`),
        timelineChart(span, axis, { label, late, said }));
      return { key: row.id, words: `${axis.key} ${Object.values(span)} ${said}`, build };
    }

    // --- two scenarios -----------------------------------------------------------------------------

    compare(one, other) {
      const part = this.part("comparison");
      part.hidden = !other;
      if (!other) return;
      const sides = [other, one];
      this.part("comparison-title").textContent = `“${other.scenario.name}” and “${one.scenario.name}” side by side`;
      const head = make("tr", {}, make("th", { scope: "col" }, "Item"), make("th", { scope: "col" }, "Was"),
        ...sides.map(({ scenario }) => make("th", { scope: "col", class: "wide" }, scenario.name)));
      this.part("comparison-head").replaceChildren(head);
      const first = (words, tell) => make("tr", { class: "changed" }, make("th", { scope: "row" }, words), make("td"),
        ...sides.map((side) => make("td", {}, tell(side))));
      const rows = [first("In words", ({ scenario, answer }) => this.teller.sentence(scenario, answer))];
      this.part("comparison-body").replaceChildren(...rows, ...this.comparisonRows(sides));
    }

    comparisonRows(sides) {
      const maps = sides.map(({ answer }) => new Map((answer.items || []).map((row) => [row.position, row])));
      const positions = [...new Set(maps.flatMap((map) => [...map.keys()]))];
      const most = (position) => Math.max(...maps.map((map) => Math.abs(map.get(position)?.spare ?? 0)));
      positions.sort((a, b) => most(b) - most(a) || this.engine.pack.file[a] - this.engine.pack.file[b]);
      return positions.map((position) => {
        const text = this.textOf(position);
        return make("tr", {}, make("th", { scope: "row", class: "wide" }, itemLink(text), " ", make("span", {}, text.title)),
          make("td", { class: "when" }, this.was(position)),
          ...sides.map((side, place) => this.comparisonCell(side, maps[place].get(position))));
      });
    }

    comparisonCell({ answer }, row) {
      if (!row) return make("td", {}, "Stays");
      const { words, late } = lateWords(this.engine, row);
      const isTold = late || row.lateBefore; // the rest stands in the table of each
      return make("td", late ? { class: "late" } : {}, `${moveWords(row)}: ${this.becomes(row, answer)}.${isTold ? ` ${words}.` : ""}`);
    }
  }

  function itemLink({ id, number }) {
    return number === null ? make("b", {}, id) : make("a", { href: `#i${number}` }, id);
  }

  // --- the axis: positions in percent, text in pixels ------------------------------------------------

  function makeAxis(spans) {
    const all = spans.flatMap((one) => Object.values(one)).filter((one) => one !== null).map((one) => one / DAY);
    const room = Math.max(20, (Math.max(...all) - Math.min(...all)) * 0.08);
    const [first, last] = [Math.min(...all) - room, Math.max(...all) + room];
    const percent = (day) => Math.round(((day - first) / (last - first)) * 10000) / 100;
    const every = [1, 2, 3, 6, 12, 24, 60, 120].find((step) => (last - first) / 30.4 / step <= 9) || 240;
    const ticks = [];
    const [year, month] = civil(Math.floor(first));
    for (let index = Math.ceil((year * 12 + month) / every) * every; ; index += every) {
      const day = daysOf(div(index, 12), (index % 12) + 1, 1);
      if (day >= last) break;
      ticks.push({ x: percent(day), label: `${MONTHS[index % 12]} ${div(index, 12)}`, minor: ticks.length % 2 === 1 });
    }
    return { at: (instant) => percent(instant / DAY), ticks, key: `${first} ${last}` };
  }

  function grid(axis) {
    return axis.ticks.map(({ x, minor }) =>
      draw("line", { class: minor ? "t-grid t-minor" : "t-grid", x1: `${x}%`, x2: `${x}%`, y1: 0, y2: "100%" }));
  }

  function timelineHead(axis) {
    const labels = axis.ticks.map(({ x, label, minor }) =>
      draw("text", { class: minor ? "t-month t-minor" : "t-month", x: `${x}%`, dx: 4, y: 15 }, label));
    return make("div", { class: "t-row t-head" }, make("span"),
      draw("svg", { class: "t-chart", width: "100%", height: 24, "aria-hidden": "true", focusable: "false" }, ...grid(axis), ...labels));
  }

  function timelineChart({ before, now, latest, due }, axis, { label, late, said }) {
    const line = (kind, from, to, y1 = 17, y2 = 17) =>
      draw("line", { class: kind, x1: `${axis.at(from)}%`, x2: `${axis.at(to)}%`, y1, y2 });
    const diamond = (kind, instant) => draw("svg", { x: `${axis.at(instant)}%`, y: 17, overflow: "visible", class: `t-${kind}` },
      draw("path", { d: "M0-7L7 0 0 7-7 0z" }));
    const parts = [...grid(axis)];
    if (due !== null) parts.push(line("t-due", due, due, 2, 32));
    if (now !== before) parts.push(line("t-move", before, now));
    if (latest !== now) parts.push(line("t-range", now, latest), line("t-range", latest, latest, 11, 23));
    if (now !== before) parts.push(diamond("before", before));
    parts.push(diamond(now === before ? "stays" : "after", now));
    const right = Math.max(before, now, latest);
    const turns = axis.at(right) > 68;
    parts.push(draw("text", {
      class: late ? "t-label t-late" : "t-label", x: `${axis.at(turns ? Math.min(before, now, latest) : right)}%`,
      dx: turns ? -14 : 14, y: 21, "text-anchor": turns ? "end" : "start",
    }, label));
    return draw("svg", { class: "t-chart", width: "100%", height: 34, role: "img", "aria-label": said }, ...parts);
  }

  Object.assign(knockon, { Results });
})();
