/* By what items are sorted into lanes and filtered: viz/facets.py unpacked, and which items a choice
   leaves. Nothing is drawn here. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});

  /** Runs of [value, amount] as a column. */
  const spread = (runs) => runs.flatMap(([value, amount]) => new Array(amount).fill(value));

  class Facets {
    constructor(packed, { soon = null, finish = [] } = {}) {
      this.list = packed.map(({ key, none, keys, names, of }) => ({ key, none, keys, names, of: spread(of) }));
      this.by = new Map(this.list.map((facet) => [facet.key, facet]));
      Object.assign(this, { soon, finish });
    }

    /** The places of an item's values. */
    values(key, number) {
      const facet = this.by.get(key);
      const found = facet ? facet.of[number] : -1;
      return Array.isArray(found) ? found : found < 0 ? [] : [found];
    }

    /** Its first value, which says in which lane it lies; -1 for none. */
    first(key, number) {
      return this.values(key, number)[0] ?? -1;
    }

    /** Whether an item finishes soon: after the data date and no later than so many days on. */
    isSoon(number) {
      const at = this.finish[number];
      return at !== null && at !== undefined && this.soon !== null && at > this.soon[0] && at <= this.soon[1];
    }

    /** Which items a choice leaves: {theme: "key", owner: "" for nobody, …, soon: true}; null for all. */
    match(choice, amount) {
      const wanted = this.list.filter(({ key }) => choice[key] !== undefined)
        .map((facet) => [facet.key, choice[facet.key] === "" ? -1 : facet.keys.indexOf(choice[facet.key])]);
      if (!wanted.length && !choice.soon) return null;
      const found = new Set();
      for (let number = 0; number < amount; number += 1) {
        const fits = wanted.every(([key, place]) => {
          const values = this.values(key, number);
          return place < 0 ? !values.length : values.includes(place);
        });
        if (fits && (!choice.soon || this.isSoon(number))) found.add(number);
      }
      return found;
    }
  }

  knockon.Facets = Facets;
})();
