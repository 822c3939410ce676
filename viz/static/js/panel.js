/* The details panel and the search: native HTML built from the page's tables, text only. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const SHOWN = 8;

  /** Make an element with attributes and children; strings become text, never markup. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  const plural = (number, noun) => `${number || "no"} ${noun}${number === 1 ? "" : "s"}`;

  class Panel {
    constructor(model, { onChoose, onOpen, onClose, onDirection }) {
      this.model = model;
      this.act = { onChoose, onOpen, onClose, onDirection };
      this.details = document.getElementById("details");
      this.legend = document.getElementById("legend");
      this.direction = "both";
      this.extra = () => []; // what others add to the details of an item
    }

    clear() {
      this.details.hidden = true;
      this.details.replaceChildren();
      this.legend.hidden = false;
    }

    show(number) {
      const text = this.model.text(number);
      this.legend.hidden = true;
      this.details.hidden = false;
      this.details.replaceChildren(
        make("div", { class: "close" }, make("button", { type: "button", onclick: this.act.onClose }, "Close details")),
        make("h2", { class: "small", id: "details-title", tabindex: "-1" },
          make("span", { class: "id" }, text.id), " ", text.title),
        this.kin(number),
        this.facts(number, text),
        ...this.extra(number),
        this.directions(number),
        ...this.links("Waits for", number, this.model.into, "from"),
        ...this.links("Needed by", number, this.model.outOf, "to"),
        ...this.parts(number),
        ...this.source(number),
      );
      document.getElementById("panel").scrollTop = 0;
    }

    focus() {
      const title = document.getElementById("details-title");
      if (title) title.focus();
    }

    /** A button that goes to another item. */
    goTo(number, withTitle = true) {
      const text = this.model.text(number);
      const title = withTitle ? ` ${text.title}` : "";
      return make("button", { type: "button", class: "to", onclick: () => this.act.onChoose(number, true) },
        make("span", { class: "id" }, text.id), title);
    }

    kin(number) {
      const parent = this.model.data.parents[number];
      const [kind] = document.getElementById(`i${number}`).classList;
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
      this.model.data.roles.forEach((name, role) => add(name, this.model.holders(number, role).join(", ")));
      add("Status", text.status);
      return list;
    }

    directions(number) {
      const before = this.model.chain(number, { after: false }).items.size - 1;
      const after = this.model.chain(number, { before: false }).items.size - 1;
      const choose = make("select", { id: "direction" });
      const options = [
        ["both", "before and after"],
        ["before", "only what comes before"],
        ["after", "only what comes after"],
        ["near", "only direct links"],
      ];
      for (const [value, words] of options) choose.append(make("option", { value }, words));
      choose.value = this.direction;
      choose.addEventListener("change", () => {
        this.direction = choose.value;
        this.act.onDirection(choose.value);
      });
      return make("div", { class: "chain" },
        make("p", {}, `In all, ${plural(before, "item")} ${before === 1 ? "comes" : "come"} before it and ` +
          `${plural(after, "item")} ${after === 1 ? "waits" : "wait"} for it, along accepted links.`),
        make("label", { for: "direction" }, "On the map, show its chain"), choose);
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
      const [, , how, standing, why] = document.getElementById(`l${link.number}`).cells;
      const said = end === "from" ? how.textContent : this.model.data.phrases[link.phrase];
      const other = this.model.text(link[end]);
      const item = make("li", {}, this.goTo(link[end]),
        make("p", {}, `${said}. ${other.expected}.`), make("p", { class: "src" }, standing.textContent));
      if (why.childNodes.length) {
        const copies = [...why.childNodes].map((node) => node.cloneNode(true));
        item.append(make("details", {}, make("summary", {}, "Why"), ...copies));
      }
      return item;
    }

    parts(number) {
      const inside = this.model.inside.get(number) || [];
      if (!inside.length) return [];
      const found = [make("h3", {}, `Its parts (${inside.length})`)];
      if (this.model.parts.has(number)) {
        const words = this.model.open.has(number) ? "Close on the map" : "Open on the map";
        found.push(make("p", {}, make("button", { type: "button", onclick: () => this.act.onOpen(number) }, words)));
      }
      const list = make("ul", { class: "links" });
      for (const one of inside) {
        list.append(make("li", {}, this.goTo(one.number), make("p", {}, this.model.text(one.number).expected)));
      }
      return [...found, list];
    }

    source(number) {
      const found = this.model.data.quotes[number];
      if (!found) return [];
      const [paper, place, ...words] = found;
      const quote = words.length > 1 ? words.join(this.model.text(number).title) : words[0];
      const said = quote ? [make("blockquote", {}, quote)] : [];
      return [make("h3", {}, "Where it stands"), ...said, make("p", { class: "src" }, `${this.model.data.documents[paper]}, ${place}`)];
    }
  }

  /** Search by number, words or owner; results are buttons in a list. */
  class Search {
    constructor(model, { onChoose, say, field = "find", list = "found" }) {
      this.onChoose = onChoose;
      this.say = say;
      this.field = document.getElementById(field);
      this.list = document.getElementById(list);
      this.entries = model.data.parents.map((_, number) => {
        const text = model.text(number);
        return { number, text, all: `${text.id} ${text.title} ${text.owner}`.toLowerCase() };
      });
      this.field.addEventListener("input", () => this.update());
      this.field.addEventListener("keydown", (event) => this.onKey(event));
      this.list.addEventListener("keydown", (event) => this.onListKey(event));
      document.addEventListener("click", (event) => {
        if (!this.field.parentElement.contains(event.target)) this.close();
      });
    }

    search(words) {
      const terms = words.toLowerCase().split(/\s+/).filter(Boolean);
      const whole = terms.join(" ");
      const rank = ({ text }) => {
        const id = text.id.toLowerCase();
        return id === whole ? 0 : id.startsWith(whole) ? 1 : text.title.toLowerCase().includes(whole) ? 2 : 3;
      };
      return this.entries.filter((one) => terms.every((term) => one.all.includes(term)))
        .map((one) => [rank(one), one]).sort((a, b) => a[0] - b[0] || a[1].number - b[1].number)
        .map(([, one]) => one);
    }

    update() {
      if (!this.field.value.trim()) return this.close();
      const found = this.search(this.field.value);
      const items = found.slice(0, SHOWN).map(({ number, text }) =>
        make("li", {}, make("button", { type: "button", class: "to", onclick: () => this.pick(number) },
          make("span", { class: "id" }, text.id), ` ${text.title}`, text.owner ? make("small", {}, text.owner) : null)));
      const more = found.length > SHOWN ? [make("p", {}, `and ${found.length - SHOWN} more: add a word`)] : [];
      const none = found.length ? [] : [make("p", {}, "Nothing found: try fewer letters.")];
      this.list.replaceChildren(make("ul", {}, ...items), ...more, ...none);
      this.list.hidden = false;
      return this.say(`${found.length} found`);
    }

    pick(number) {
      this.close();
      this.field.value = "";
      this.onChoose(number, true);
    }

    close() {
      this.list.hidden = true;
      this.list.replaceChildren();
    }

    onKey(event) {
      const first = this.list.querySelector("button");
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && first) {
        event.preventDefault();
        first.click();
      } else if (event.key === "ArrowDown" && first) {
        event.preventDefault();
        first.focus();
      }
    }

    onListKey(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") {
        this.close();
        this.field.focus();
      }
      if (!step) return;
      event.preventDefault();
      const buttons = [...this.list.querySelectorAll("button")];
      const next = buttons[buttons.indexOf(document.activeElement) + step];
      (next || this.field).focus();
    }
  }

  Object.assign(knockon, { Panel, Search, make, plural });
})();
