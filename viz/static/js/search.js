/* Search by number, words or owner: native HTML, text only. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { amountOf, make } = knockon;
  const SHOWN = 8;

  /** Search by number, words or owner; results are buttons in a list. */
  class Search {
    constructor(model, { onChoose, say, field = "find", list = "found" }) {
      this.onChoose = onChoose;
      this.say = say;
      this.field = document.getElementById(field);
      this.list = document.getElementById(list);
      this.model = model;
      this.entries = null; // made when somebody first searches
      this.field.addEventListener("input", () => this.update());
      this.field.addEventListener("keydown", (event) => this.onKey(event));
      this.list.addEventListener("keydown", (event) => this.onListKey(event));
      document.addEventListener("click", (event) => {
        if (!this.field.parentElement.contains(event.target)) this.close();
      });
    }

    /** Every item with the words it is found by. */
    all() {
      this.entries ??= this.model.parents.map((_, number) => {
        const text = this.model.texts.of(number);
        return { number, text, all: `${text.id} ${text.title} ${text.owner}`.toLowerCase() };
      });
      return this.entries;
    }

    /** The number of the item with an id, -1 for none. */
    numberOf(id) {
      return this.all().findIndex((one) => one.text.id === id);
    }

    search(words) {
      const terms = words.toLowerCase().split(/\s+/).filter(Boolean);
      const whole = terms.join(" ");
      const rank = ({ text }) => {
        const id = text.id.toLowerCase();
        return id === whole ? 0 : id.startsWith(whole) ? 1 : text.title.toLowerCase().includes(whole) ? 2 : 3;
      };
      return this.all().filter((one) => terms.every((term) => one.all.includes(term)))
        .map((one) => [rank(one), one]).sort((a, b) => a[0] - b[0] || a[1].number - b[1].number)
        .map(([, one]) => one);
    }

    update() {
      if (!this.field.value.trim()) return this.close();
      const found = this.search(this.field.value);
      const items = found.slice(0, SHOWN).map(({ number, text }) =>
        make("li", {}, make("button", { type: "button", class: "to", onclick: () => this.pick(number) },
          make("span", { class: "id" }, text.id), ` ${text.title}`, text.owner ? make("small", {}, text.owner) : null)));
      const more = found.length > SHOWN ? [make("p", {}, `and ${amountOf(found.length - SHOWN)} more: add a word`)] : [];
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

  knockon.Search = Search;
})();
