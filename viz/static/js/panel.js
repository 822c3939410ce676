/* The details of an item: native HTML built from the page's words, text only. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { amountOf, make, plural, writeAddress } = knockon;

  const PANES = { details: null, legend: null, filter: "f-open", whatif: "w-open" };
  const isOpen = (name) => document.getElementById(name)?.hidden === false;

  /** Show one of the panes beside the map, and tell the buttons that open them. */
  function showPane(shown) {
    for (const [name, opener] of Object.entries(PANES)) {
      const pane = document.getElementById(name);
      if (pane) pane.hidden = name !== shown;
      if (opener) document.getElementById(opener)?.setAttribute("aria-expanded", String(name === shown));
    }
    document.getElementById("map-app").classList.toggle("whatif", shown === "whatif");
    document.getElementById("panel").scrollTop = 0;
  }

  class Panel {
    /** `how`: what of an item's chain the map shows; `act`: what follows what somebody does here. */
    constructor(model, { how, ...act }) {
      Object.assign(this, { model, how, act });
      this.details = document.getElementById("details");
      this.extra = () => []; // what others add to the details of an item
    }

    clear() {
      this.details.replaceChildren();
      if (!isOpen("whatif") && !isOpen("filter")) showPane("legend");
    }

    show(number) {
      const text = this.model.texts.of(number);
      if (!isOpen("whatif")) showPane("details");
      this.details.replaceChildren(
        make("div", { class: "close" }, make("button", { type: "button", onclick: this.act.onClose }, "Close details")),
        make("h2", { class: "small", id: "details-title", tabindex: "-1" },
          make("span", { class: "id" }, text.id), " ", text.title),
        this.kin(number),
        ...this.unseen(number),
        this.facts(number, text),
        ...this.extra(number),
        this.chain(number),
        ...this.links("Waits for", number, this.model.into, "from"),
        ...this.links("Needed by", number, this.model.outOf, "to"),
        ...this.parts(number),
        ...this.source(number),
        make("p", { class: "src" }, make("a", { href: writeAddress({ item: text.id, show: this.how.show }) }, `Link to ${text.id} on this map`)),
      );
    }

    focus() {
      const title = document.getElementById("details-title");
      if (title) title.focus();
    }

    /** A button that goes to another item. */
    goTo(number, withTitle = true) {
      const text = this.model.texts.of(number);
      const title = withTitle ? ` ${text.title}` : "";
      return make("button", { type: "button", class: "to", onclick: () => this.act.onChoose(number, true) },
        make("span", { class: "id" }, text.id), title);
    }

    kin(number) {
      const parent = this.model.data.parents[number];
      const kind = this.model.texts.kind(number);
      const said = kind[0].toUpperCase() + kind.slice(1);
      if (parent === null) return make("p", { class: "where" }, said);
      return make("p", { class: "where" }, `${said} in `, this.goTo(parent));
    }

    facts(number, text) {
      const list = make("dl");
      const add = (name, value) => {
        if (value) list.append(make("dt", {}, name), make("dd", {}, value));
      };
      add("Expected", text.expected);
      if (text.planned !== text.expected) add("Planned", text.planned);
      add("Due", text.due);
      add("Room", text.room);
      add("Owner", text.owner || "nobody is named");
      for (const [key, name] of [["board", "Board"], ["directorate", "Directorate"]]) {
        const names = this.model.facets.by.get(key)?.names;
        if (names) add(name, this.model.facets.values(key, number).map((place) => names[place]).join(", "));
      }
      this.model.data.roles.forEach((name, role) => add(name, this.model.holders(number, role).join(", ")));
      add("Status", text.status);
      add("RAG", this.model.facets.values("rag", number).map((place) => this.model.facets.by.get("rag").names[place]).join(", "));
      return list;
    }

    /** That an item is not on the map, and a way to it where a filter hides it. */
    unseen(number) {
      const { model } = this;
      const note = (...said) => [make("p", { class: "note" }, ...said)];
      if (!model.all.has(number)) return note("It has no date, so it is not on the map.");
      if (model.markOf.has(number) || model.shown === null) return [];
      return note("The filter hides it on the map. ", make("button", { type: "button", onclick: this.act.onShowAll }, "Show everything"));
    }

    /** How much comes before and after it, and how much of that the map is to show. */
    chain(number) {
      const { model, how } = this;
      const said = (ways, one, many) => {
        const found = model.chain(number, ways).items.size - 1;
        return `${plural(found, "item")} ${found === 1 ? one : many}`;
      };
      const links = model.linkUse === "all" ? "accepted and proposed" : "accepted";
      const field = (name, words, options) => {
        const choose = make("select", { id: `chain-${name}` });
        for (const [value, label] of options) choose.append(make("option", { value }, label));
        choose.value = how[name];
        choose.addEventListener("change", () => this.changeHow(name, choose.value));
        return make("div", {}, make("label", { for: `chain-${name}` }, words), choose);
      };
      const only = make("input", { type: "checkbox", id: "chain-only" });
      only.checked = how.only;
      only.addEventListener("change", () => this.changeHow("only", only.checked));
      const shown = model.chain(number, {
        before: how.show !== "after", after: how.show !== "before", driving: how.along === "driving",
        steps: how.steps === "all" ? Infinity : Number(how.steps),
      }).items.size;
      const cut = how.only && shown > this.act.most ? [make("p", {}, `The map shows the nearest ${this.act.most} of ${amountOf(shown)} items.`)] : [];
      return make("div", { class: "chain", role: "group", "aria-label": "Its chain on the map" },
        make("p", {}, `In all, ${said({ after: false }, "comes", "come")} before it and ${said({ before: false }, "waits", "wait")} for it, along ${links} links.`),
        field("show", "On the map, show", [["both", "what comes before and after"], ["before", "what comes before"], ["after", "what waits for it"]]),
        field("along", "along", [["all", "all links"], ["driving", "only links that set the date"]]),
        field("steps", "as far as", [["1", "1 step"], ["2", "2 steps"], ["3", "3 steps"], ["all", "all steps"]]),
        make("div", { class: "check" }, only, make("label", { for: "chain-only" }, "Hide everything else")), ...cut);
    }

    changeHow(name, value) {
      this.act.onHow({ [name]: value });
      document.getElementById(`chain-${name}`).focus();
    }

    links(title, number, table, end) {
      const found = table.get(number) || [];
      const head = make("h3", {}, `${title} (${found.length})`);
      if (!found.length) return [head, make("p", {}, "Nothing that the plan or its register names.")];
      const list = make("ul", { class: "links" });
      for (const link of found) list.append(this.link(link, end));
      return [head, list];
    }

    link(link, end) {
      const { how, standing, why } = this.model.texts.link(link);
      const said = end === "from" ? how : this.model.data.phrases[link.phrase];
      const other = this.model.texts.of(link[end]);
      const item = make("li", {}, this.goTo(link[end]),
        make("p", {}, `${said}. ${other.expected}.`), make("p", { class: "src" }, standing));
      if (why.length) item.append(make("details", {}, make("summary", {}, "Why"), ...why));
      return item;
    }

    parts(number) {
      const inside = (this.model.inside.get(number) || []).map((one) => ({ number: one }));
      if (!inside.length) return [];
      const found = [make("h3", {}, `Its parts (${inside.length})`)];
      if (this.model.parts.has(number)) {
        const words = this.model.open.has(number) ? "Close on the map" : "Open on the map";
        found.push(make("p", {}, make("button", { type: "button", onclick: () => this.act.onOpen(number) }, words)));
      }
      const list = make("ul", { class: "links" });
      for (const one of inside) {
        list.append(make("li", {}, this.goTo(one.number), make("p", {}, this.model.texts.of(one.number).expected)));
      }
      return [...found, list];
    }

    source(number) {
      const found = this.model.data.quotes[number];
      if (!found) return [];
      const [paper, place, ...words] = found;
      const quote = words.length > 1 ? words.join(this.model.texts.of(number).title) : words[0];
      const said = quote ? [make("blockquote", {}, quote)] : [];
      return [make("h3", {}, "Where it stands"), ...said, make("p", { class: "src" }, `${this.model.data.documents[paper]}, ${place}`)];
    }
  }

  Object.assign(knockon, { Panel, showPane });
})();
