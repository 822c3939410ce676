/* The table of items below the map: it holds what the map shows. On pages of very many items only a page
   of rows stands there at a time. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { amountOf, make } = knockon;
  const byId = (id) => document.getElementById(id);
  const PAGE = 100;

  /** All rows are there: those that are not shown are hidden. */
  class WholeTable {
    show(isShown) {
      for (const row of document.querySelectorAll("#items tr[id]")) row.hidden = !isShown(Number(row.id.slice(1)));
      for (const body of document.querySelectorAll("#items tbody")) body.hidden = ![...body.rows].some((row) => !row.hidden);
    }

    choose(number) {
      document.querySelectorAll("tr.chosen").forEach((row) => row.classList.remove("chosen"));
      if (number !== null) byId(`i${number}`).classList.add("chosen");
    }
  }

  /** Rows are made as they are asked for, a page of them. */
  class PagedTable {
    constructor(model) {
      Object.assign(this, { model, first: 0, numbers: [], chosen: null });
      byId("items-pages").hidden = false;
      byId("items-before").addEventListener("click", () => this.turn(-PAGE));
      byId("items-after").addEventListener("click", () => this.turn(PAGE));
    }

    show(isShown) {
      this.numbers = this.model.parents.map((_, number) => number).filter(isShown);
      this.first = 0;
      this.fill();
    }

    turn(by) {
      this.first = Math.max(0, Math.min(this.first + by, Math.floor((this.numbers.length - 1) / PAGE) * PAGE));
      this.fill();
    }

    choose(number) {
      this.chosen = number;
      const place = this.numbers.indexOf(number);
      if (place >= 0) this.first = Math.floor(place / PAGE) * PAGE;
      this.fill();
    }

    fill() {
      const page = this.numbers.slice(this.first, this.first + PAGE);
      const last = this.first + page.length;
      byId("items-place").textContent = page.length
        ? `Items ${amountOf(this.first + 1)} to ${amountOf(last)} of ${amountOf(this.numbers.length)}` : "No items";
      byId("items-before").disabled = !this.first;
      byId("items-after").disabled = last >= this.numbers.length;
      const body = byId("items").tBodies[0] ?? byId("items").createTBody();
      while (byId("items").tBodies.length > 1) byId("items").tBodies[1].remove();
      body.replaceChildren(...page.map((number) => this.row(number)));
    }

    row(number) {
      const { model } = this;
      const text = model.texts.of(number);
      const mark = model.all.get(number);
      const told = [text.owner, text.planned, text.expected, text.due, text.room, text.status];
      const isBad = mark && (mark.state === "late" || mark.state === "critical");
      const row = make("tr", { id: `i${number}`, class: model.texts.kind(number) },
        make("th", { scope: "row" }, make("a", { href: `#i${number}` }, text.id), " ", make("span", {}, text.title)),
        ...told.map((said, place) => make("td", place === 4 && isBad ? { class: mark.state } : {}, said)),
        ...[model.into, model.outOf].map((links) => make("td", {}, String((links.get(number) || []).length))));
      row.classList.toggle("chosen", number === this.chosen);
      return row;
    }
  }

  knockon.openTable = (model) => (model.data.texts ? new PagedTable(model) : new WholeTable());
})();
