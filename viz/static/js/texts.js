/* The words of items and links. On most pages they stand in the tables, which are there without scripts
   as well; on pages of very many items, in columns of the data block. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const byId = (id) => document.getElementById(id);

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

  const amountOf = (number) => number.toLocaleString("en-GB");
  const plural = (number, noun) => `${number ? amountOf(number) : "no"} ${noun}${number === 1 ? "" : "s"}`;

  class TableTexts {
    constructor(data) {
      this.size = data.parents.length;
      this.phrases = data.phrases;
      this.known = new Map();
    }

    of(number) {
      if (!this.known.has(number)) this.known.set(number, this.read(number));
      return this.known.get(number);
    }

    read(number) {
      const { cells } = byId(`i${number}`);
      const said = (place) => cells[place].textContent.trim();
      return {
        id: cells[0].querySelector("a").textContent,
        title: cells[0].querySelector("span").textContent,
        owner: said(1), planned: said(2), expected: said(3), due: said(4), room: said(5), status: said(6),
      };
    }

    kind(number) {
      return byId(`i${number}`).classList[0];
    }

    /** What a link says: how the later item waits, its standing, and why as elements. */
    link({ number }) {
      const [, , how, standing, why] = byId(`l${number}`).cells;
      return { how: how.textContent, standing: standing.textContent, why: [...why.childNodes].map((node) => node.cloneNode(true)) };
    }
  }

  class ColumnTexts {
    constructor(data) {
      Object.assign(this, data.texts);
      this.size = data.parents.length;
      this.phrases = data.phrases;
    }

    of(number) {
      const word = (name) => this.words[this[name][number]];
      return {
        id: this.id[number], title: this.title[number], owner: word("owner"), planned: word("planned"),
        expected: word("expected"), due: word("due"), room: word("room"), status: word("status"),
      };
    }

    kind(number) {
      return this.words[this.kinds[number]];
    }

    link({ number }) {
      const word = (name) => this.words[this[name][number]];
      const said = (this.why[number] || []).map(([tag, text]) => make(tag, tag === "p" ? { class: "src" } : {}, text));
      return { how: word("how"), standing: word("standing"), why: said };
    }
  }

  knockon.openTexts = (data) => (data.texts ? new ColumnTexts(data) : new TableTexts(data));
  Object.assign(knockon, { amountOf, make, plural });
})();
