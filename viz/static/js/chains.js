/* What comes before an item and what waits for it, along links and from parts to what they are part of.
   Nearest first, so that a chain can be cut to a number of steps or of items. Nothing is drawn here. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});

  /** `into`, `outOf`: links by item; `parents`, `inside`: the breakdown; `sets`: parts that set their whole's date. */
  class Chains {
    constructor({ into, outOf, parents, inside, sets }) {
      Object.assign(this, { into, outOf, parents, inside, sets });
    }

    /** Items and links before and after one; `use(link)` says which count, `most` how many items to take. */
    of(number, { before = true, after = true, steps = Infinity, driving = false, most = Infinity, use = () => true } = {}) {
      const found = { items: new Set([number]), links: new Set(), cut: false };
      const counts = (link) => use(link) && (!driving || link.driving);
      const ways = [];
      if (before) ways.push({ table: this.into, end: "from", edge: [number], seen: new Set([number]) });
      if (after) ways.push({ table: this.outOf, end: "to", edge: [number], seen: new Set([number]) });
      for (let step = 0; step < steps && ways.some((way) => way.edge.length); step += 1) {
        for (const way of ways) this.stepOn(way, found, { counts, driving, most });
      }
      // A link belongs to the chain only with both of its ends.
      const ends = (link) => found.items.has(link.from) && found.items.has(link.to);
      found.links = new Set([...found.links].filter(ends).map((link) => link.number));
      return found;
    }

    stepOn(way, found, { counts, driving, most }) {
      const next = [];
      for (const number of way.edge) {
        for (const link of way.table.get(number) || []) {
          if (!counts(link)) continue;
          found.links.add(link);
          next.push(link[way.end]);
        }
        next.push(...this.kin(number, way.end, driving));
      }
      way.edge = [];
      for (const number of next) {
        if (way.seen.has(number)) continue;
        way.seen.add(number);
        if (found.items.size >= most && !found.items.has(number)) {
          found.cut = true;
          continue;
        }
        found.items.add(number);
        way.edge.push(number);
      }
    }

    /** A whole waits for its parts, of which those that finish with it set its date. */
    kin(number, end, driving) {
      const tells = (part) => !driving || this.sets.has(part);
      if (end === "from") return (this.inside.get(number) || []).filter(tells);
      const parent = this.parents[number];
      return parent !== null && this.outOf.has(parent) && tells(number) ? [parent] : [];
    }
  }

  knockon.Chains = Chains;
})();
