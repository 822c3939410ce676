/* The lines of links, drawn by vis-network between points without a mark of their own. Only what looks
   other than it did is given to it again. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { markY } = knockon;
  const CROWD = 600; // more lines than this are drawn thin and without numbers
  const STEEP = 24; // map units from one end to the other below which a line bends aside

  class LinkLines {
    constructor(model, stage, options) {
      Object.assign(this, { model, options, looks: new Map(), places: new Map(), drawnAt: 1, crowded: false });
      this.nodes = new vis.DataSet([]);
      this.edges = new vis.DataSet([]);
      this.network = new vis.Network(stage, { nodes: this.nodes, edges: this.edges }, options);
    }

    /** Draw the links that are to be drawn; `lit`: the numbers of those picked out, null for none. */
    refresh(colours, lit) {
      Object.assign(this, { colours, lit });
      const bundles = this.model.drawnLinks();
      this.crowded = bundles.length > CROWD;
      const ends = new Map();
      const drawn = bundles.map((bundle) => this.edgeOf(bundle, ends));
      this.bring(this.nodes, this.places, [...ends.values()], ends);
      const kept = new Set(drawn.map((edge) => edge.id));
      this.bring(this.edges, this.looks, drawn, kept);
      this.nodes.remove(this.nodes.getIds().filter((id) => !ends.has(id) && this.places.delete(id)));
      this.network.redraw();
    }

    /** Bring a set of nodes or edges up to date. Edges go before their ends do. */
    bring(set, known, entries, kept) {
      if (set === this.edges) set.remove(set.getIds().filter((id) => !kept.has(id) && known.delete(id)));
      set.update(entries.filter((entry) => {
        const look = JSON.stringify(entry);
        if (known.get(entry.id) === look) return false;
        known.set(entry.id, look);
        return true;
      }));
    }

    /** The point of an item's end: where it finishes, or starts if it has a length. */
    anchor(number, end, ends) {
      const { model } = this;
      const mark = model.markOf.get(number);
      const atStart = end === "S" && model.hasLength(mark);
      const id = `${number}${atStart ? "S" : "F"}`;
      const size = atStart ? 2 : model.isRolled(mark) ? 3 : 5;
      if (!ends.has(id)) ends.set(id, { id, x: atStart ? mark.left : mark.right, y: markY(model, mark), size, opacity: 0 });
      return ends.get(id);
    }

    edgeOf({ link, count, clash, lanes }, ends) {
      const [from, to] = [this.anchor(link.from, link.type[0], ends), this.anchor(link.to, link.type[1], ends)];
      const number = count > 1 && !this.crowded && !this.lit ? `${count} links` : "";
      const words = [number, clash ? "✕" : ""].filter(Boolean).join(" ");
      const { colours, drawnAt } = this;
      return {
        // A blank, not nothing: vis-network keeps the label before where the new one is empty.
        id: link.number, from: from.id, to: to.id, label: words || " ", dashes: this.dashesOf(link, clash),
        font: { size: (clash ? 15 : 11) / drawnAt, face: "Arial", color: clash ? colours.late : colours.soft,
          background: words ? colours.paper : "none", strokeWidth: 0 },
        smooth: Math.abs(from.x - to.x) < STEEP ? { enabled: true, type: "curvedCW", roundness: 0.25 } : this.options.edges.smooth,
        ...this.lookOf(link, clash, count, lanes),
      };
    }

    dashesOf(link, clash) {
      if (clash) return [3 / this.drawnAt, 3 / this.drawnAt];
      return link.state === "proposed" && [7 / this.drawnAt, 5 / this.drawnAt];
    }

    /** Thick is what sets a date or clashes; thin what only passes through lanes on its way elsewhere. */
    lookOf(link, clash, count, lanes) {
      const { colours, lit, drawnAt } = this;
      const plain = clash ? colours.late : link.driving ? colours.ink : colours.line;
      const strong = link.driving || clash ? 2.2 : lanes > 1 ? 0.8 : 1.2;
      const thick = this.crowded ? strong / 2 : strong + Math.min(2, (count - 1) * 0.4);
      const inChain = lit && lit.has(link.number);
      const tint = !lit ? plain : inChain ? colours.main : colours.fade;
      return {
        color: { color: tint, inherit: false }, width: (!lit ? thick : inChain ? 2.6 : 1) / drawnAt,
        arrows: { to: { enabled: true, scaleFactor: 0.42 / drawnAt } },
      };
    }
  }

  knockon.LinkLines = LinkLines;
})();
