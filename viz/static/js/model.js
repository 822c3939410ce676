/* The map's model: what is drawn, what is linked, which groups are open and where rows lie.
   Numbers come from the page's data block, texts from its tables. Nothing is drawn here. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});

  /** Turn a row of values into an object with the given names. */
  function named(row, columns) {
    return Object.fromEntries(columns.map((name, place) => [name, row[place] ?? null]));
  }

  function groupBy(list, keyOf) {
    const groups = new Map();
    for (const one of list) {
      const key = keyOf(one);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(one);
    }
    return groups;
  }

  class MapModel {
    constructor(data) {
      this.data = data;
      this.sizes = data.sizes;
      this.axis = data.axis;
      this.marks = data.marks.map((row) => named(row, data.markColumns));
      this.links = data.links.map((row) => named(row, data.linkColumns));
      for (const link of this.links) {
        link.type = data.linkTypes[link.type];
        link.state = data.linkStates[link.state];
      }
      this.markOf = new Map(this.marks.map((mark) => [mark.number, mark]));
      this.parts = groupBy(this.marks.filter((m) => m.group !== m.number), (m) => m.group);
      this.into = groupBy(this.links, (link) => link.to);
      this.outOf = groupBy(this.links, (link) => link.from);
      this.inside = groupBy(data.parents.map((parent, number) => ({ parent, number })), (p) => p.parent);
      this.lanes = data.lanes.map(([number, title]) => ({ number, title, closed: !data.opensLanes }));
      const groups = groupBy(this.marks.filter((m) => m.group === m.number), (m) => m.lane);
      this.lanes.forEach((lane, place) => {
        lane.groups = groups.get(place) || [];
      });
      this.open = new Set(data.opens ? this.parts.keys() : []);
      this.showProposed = !this.links.some((link) => link.state === "accepted");
      this.limitLabels();
      this.stack();
    }

    /** A label may run on to the next thing in its row: `limit` is where that begins. */
    limitLabels() {
      const start = (mark) => Math.min(mark.left - (this.hasLength(mark) ? 0 : this.sizes.mark), mark.ghost ?? Infinity);
      const first = (group) => Math.min(start(group), ...(this.parts.get(group.number) || []).map(start));
      const within = (marks, limit, begin) => {
        const rows = groupBy(marks, (mark) => mark.row);
        for (const row of rows.values()) {
          row.sort((a, b) => begin(a) - begin(b));
          row.forEach((mark, place) => {
            mark.limit = place + 1 < row.length ? begin(row[place + 1]) - 14 : limit(mark);
          });
        }
      };
      for (const lane of this.lanes) within(lane.groups, () => Infinity, first);
      for (const [number, parts] of this.parts) within(parts, () => this.markOf.get(number).limit, start);
    }

    /** The parts of an action in words: `7 milestones`. */
    countParts(number) {
      const parts = this.parts.get(number);
      const [kind] = document.getElementById(`i${parts[0].number}`).classList;
      const noun = parts.every((part) => document.getElementById(`i${part.number}`).classList[0] === kind) ? kind : "part";
      return parts.length === 1 ? `1 ${noun}` : `${parts.length} ${noun.replace(/y$/, "ie")}s`;
    }

    /** Texts of an item, read from its row in the table. */
    text(number) {
      const cells = document.getElementById(`i${number}`).cells;
      const said = (place) => cells[place].textContent.trim();
      return {
        id: cells[0].querySelector("a").textContent,
        title: cells[0].querySelector("span").textContent,
        owner: said(1), planned: said(2), expected: said(3), due: said(4), room: said(5), status: said(6),
      };
    }

    hasLength(mark) {
      return mark.right > mark.left;
    }

    isGroup(mark) {
      return this.parts.has(mark.number);
    }

    isOpen(mark) {
      return this.open.has(mark.number) && !this.lanes[mark.lane].closed;
    }

    /** Whether a mark lies on its closed action or theme instead of in a row of its own. */
    isRolled(mark) {
      return this.lanes[mark.lane].closed || (mark.group !== mark.number && !this.open.has(mark.group));
    }

    /** What stands for a mark while its action or theme is closed. */
    standIn(mark) {
      if (this.lanes[mark.lane].closed) return `lane ${mark.lane}`;
      return mark.group !== mark.number && !this.open.has(mark.group) ? mark.group : mark.number;
    }

    /** Give everything its y and every lane its top and bottom; the same sums as viz/layout.py. */
    stack() {
      const { row, closed, head, foot } = this.sizes;
      let top = 0;
      for (const lane of this.lanes) {
        const first = top + head;
        const tops = lane.closed ? [0, closed] : this.rowTops(lane);
        for (const group of lane.groups) {
          group.y = first + (lane.closed ? closed / 2 : tops[group.row] + row / 2);
          for (const part of this.parts.get(group.number) || []) {
            part.y = this.isOpen(group) ? group.y + part.row * row : group.y;
          }
        }
        lane.top = top;
        lane.bottom = first + tops[tops.length - 1] + foot;
        top = lane.bottom;
      }
      this.height = top;
      this.width = this.axis.days * this.axis.perDay;
      this.right = this.marks.reduce((most, mark) => Math.max(most, mark.reach), this.width);
    }

    rowTops(lane) {
      const { row } = this.sizes;
      const heights = [];
      for (const group of lane.groups) {
        while (heights.length <= group.row) heights.push(row);
        const height = row * (1 + (this.open.has(group.number) ? group.depth : 0));
        heights[group.row] = Math.max(heights[group.row], height);
      }
      const tops = [0];
      for (const height of heights) tops.push(tops[tops.length - 1] + height);
      return tops;
    }

    /** Links to draw: those inside a closed action are left out, parallel ones become one. */
    drawnLinks() {
      const bundles = new Map();
      for (const link of this.links) {
        if (link.state === "proposed" && !this.showProposed) continue;
        const from = this.markOf.get(link.from);
        const to = this.markOf.get(link.to);
        const ends = [this.standIn(from), this.standIn(to)];
        if (ends[0] === ends[1]) continue;
        const key = `${ends[0]}>${ends[1]} ${link.state}`;
        const gap = to.right - from.right;
        const bundle = bundles.get(key);
        if (!bundle) bundles.set(key, { link, gap, count: 1, clash: link.clash });
        else {
          bundle.count += 1;
          bundle.clash = bundle.clash || link.clash;
          if (gap < bundle.gap) Object.assign(bundle, { link, gap });
        }
      }
      return [...bundles.values()];
    }

    /** How many links come into and leave an action or a theme from elsewhere. */
    crossings(isInside) {
      const found = { into: 0, out: 0 };
      for (const link of this.links) {
        if (link.state === "proposed" && !this.showProposed) continue;
        const from = isInside(this.markOf.get(link.from));
        const to = isInside(this.markOf.get(link.to));
        if (to && !from) found.into += 1;
        if (from && !to) found.out += 1;
      }
      return found;
    }

    /** Items before and after one, along accepted links and from parts to what they are part of. */
    chain(number, { before = true, after = true, depth = Infinity } = {}) {
      const items = new Set([number]);
      const links = new Set();
      if (before) this.walk(number, this.into, "from", depth, items, links);
      if (after) this.walk(number, this.outOf, "to", depth, items, links);
      return { items, links };
    }

    walk(start, table, end, depth, items, links) {
      const seen = new Set([start]);
      let edge = [start];
      for (let step = 0; step < depth && edge.length; step += 1) {
        const next = [];
        for (const number of edge) {
          for (const link of table.get(number) || []) {
            if (link.state !== "accepted") continue;
            links.add(link.number);
            next.push(link[end]);
          }
          next.push(...this.kin(number, end, table));
        }
        edge = next.filter((number) => !seen.has(number) && seen.add(number));
        edge.forEach((number) => items.add(number));
      }
    }

    /** A late part holds up what it is part of; a whole waits for its parts. */
    kin(number, end, table) {
      if (end === "from") return (this.inside.get(number) || []).map((one) => one.number);
      const parent = this.data.parents[number];
      return parent !== null && table.has(parent) ? [parent] : [];
    }

    /** Who holds a role on an item besides its owner: assigned to it, else to what it is part of. */
    holders(number, role) {
      for (let at = number; at !== null && at !== undefined; at = this.data.parents[at]) {
        const found = this.data.assigned.filter((one) => one[0] === at && one[1] === role);
        if (found.length) return found.map((one) => this.data.people[one[2]]);
      }
      return [];
    }
  }

  knockon.MapModel = MapModel;
})();
