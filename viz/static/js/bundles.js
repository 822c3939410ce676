/* Which links the map draws between what, how many cross an edge, and the chain of an item. Added to the
   map's model. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { MapModel } = knockon;

  Object.assign(MapModel.prototype, {
    /** Whether a link counts as the reader has chosen: accepted, with proposed, those that set a date, none. */
    uses(link) {
      if (this.linkUse === "none") return false;
      if (this.linkUse === "driving") return link.driving;
      return link.state === "accepted" || this.linkUse === "all";
    },

    /** Whether there are too many items to draw one by one: lanes hold counts, links join nothing one sees. */
    isCounted() {
      return this.marks.length > this.sizes.most;
    },

    /** Links to draw: those inside a closed action are left out, parallel ones become one. */
    drawnLinks() {
      const bundles = new Map();
      const counted = this.isCounted();
      for (const link of this.links) {
        if (!this.uses(link)) continue;
        const from = this.markOf.get(link.from);
        const to = this.markOf.get(link.to);
        if (!from || !to) continue;
        if (counted && (this.lanes[from.lane].closed || this.lanes[to.lane].closed)) continue;
        const ends = [this.standIn(from), this.standIn(to)];
        if (ends[0] === ends[1]) continue;
        const key = `${ends[0]}>${ends[1]} ${link.state}`;
        const gap = to.right - from.right;
        const bundle = bundles.get(key);
        if (!bundle) bundles.set(key, { link, gap, count: 1, clash: link.clash, lanes: Math.abs(from.lane - to.lane) });
        else {
          bundle.count += 1;
          bundle.clash = bundle.clash || link.clash;
          if (gap < bundle.gap) Object.assign(bundle, { link, gap });
        }
      }
      return [...bundles.values()];
    },

    /** How many links come into and leave what is inside, from what is drawn elsewhere. */
    crossings(isInside) {
      const found = { into: 0, out: 0 };
      for (const link of this.links) {
        if (!this.uses(link)) continue;
        const [from, to] = [this.markOf.get(link.from), this.markOf.get(link.to)];
        if (!from || !to) continue;
        if (isInside(to) && !isInside(from)) found.into += 1;
        if (isInside(from) && !isInside(to)) found.out += 1;
      }
      return found;
    },

    /** The chain of an item along the links that are drawn, accepted ones at least. */
    chain(number, how = {}) {
      const use = (link) => (link.state === "accepted" || this.linkUse === "all") && this.all.has(link.from) && this.all.has(link.to);
      return this.chains.of(number, { use, ...how });
    },
  });
})();
