/* The map's model: its items and links as the page's data block has them, what is open, and how high
   everything lies. arrange.js and bundles.js add which items it holds where, and which links join them.
   Nothing is drawn here. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { Chains, Facets } = knockon;

  function groupBy(list, keyOf) {
    const groups = new Map();
    for (const one of list) {
      const key = keyOf(one);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(one);
    }
    return groups;
  }

  /** The links as objects, from one column for each of their values. */
  function readLinks({ links, linkTypes, linkStates }) {
    return links.from.map((from, number) => ({
      from, to: links.to[number], number, type: linkTypes[links.type[number]], state: linkStates[links.state[number]],
      driving: links.driving[number] === 1, clash: links.clash[number] === 1, phrase: links.phrase[number],
    }));
  }

  class MapModel {
    constructor(data, texts) {
      Object.assign(this, { data, texts, sizes: data.sizes, axis: data.axis, parents: data.parents, stretch: 1 });
      this.all = this.readMarks();
      this.links = readLinks(data);
      this.into = groupBy(this.links, (link) => link.to);
      this.outOf = groupBy(this.links, (link) => link.from);
      this.inside = new Map();
      this.parents.forEach((parent, number) => parent !== null && (this.inside.get(parent)?.push(number) || this.inside.set(parent, [number])));
      this.chains = new Chains({ ...this, sets: new Set(data.sets) });
      this.facets = new Facets(data.facets, { soon: data.soon, finish: data.items.finish });
      this.depths = this.parents.map((_, number) => this.lineOf(number));
      Object.assign(this, { lanesBy: "theme", byObjective: false, shown: null, matched: null, open: new Set(), closed: new Set() });
      this.linkUse = this.links.some((link) => link.state === "accepted") ? "accepted" : "all";
      this.arrange();
      this.lanes.forEach((lane) => this.closeLane(lane, !data.opensLanes));
      this.openAll(data.opens);
      this.stack();
    }

    /** A mark for each item with a date; x in map units. */
    readMarks() {
      const { finish, length, state, ghost, latest } = this.data.items;
      const x = (day) => day * this.axis.perDay;
      const marks = new Map();
      finish.forEach((day, number) => {
        if (day === null) return;
        marks.set(number, {
          number, left: x(day - length[number]), right: x(day), state: this.data.states[state[number]],
          ghost: number in ghost ? x(ghost[number]) : null, latest: number in latest ? x(latest[number]) : null,
        });
      });
      return marks;
    }

    /** What an item is part of, nearest first, up to but without the theme that is its lane by default. */
    lineOf(number) {
      const line = [];
      const top = this.themeOf(number);
      for (let at = this.parents[number]; at !== null && at !== top; at = this.parents[at]) if (this.all.has(at)) line.push(at);
      return line;
    }

    themeOf(number) {
      const place = this.facets.first("theme", number);
      return place < 0 ? -1 : this.data.themes[place];
    }

    isShown(number) {
      return this.shown === null || this.shown.has(number);
    }

    // --- opening and closing -------------------------------------------------------------------------

    /** Whether a lane holds few enough items to be drawn one by one. */
    canOpen(lane) {
      return lane.marks.length <= this.sizes.most;
    }

    closeLane(lane, isClosed) {
      lane.closed = isClosed || !this.canOpen(lane);
    }

    openAll(isOpen) {
      this.open = new Set(isOpen ? this.parts.keys() : []);
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

    /** Whether a mark lies on its closed action or lane instead of in a row of its own. */
    isRolled(mark) {
      return this.lanes[mark.lane].closed || (mark.group !== mark.number && !this.open.has(mark.group));
    }

    /** What stands for a mark while its action or lane is closed. */
    standIn(mark) {
      if (this.lanes[mark.lane].closed) return `lane ${mark.lane}`;
      return mark.group !== mark.number && !this.open.has(mark.group) ? mark.group : mark.number;
    }

    /** Give everything its y and every lane its top and bottom; the same sums as viz/layout.py. Rows are
        stretched where the map is small, so that they stay as tall on the screen. */
    stack() {
      const [row, closed, head, foot] = ["row", "closed", "head", "foot"].map((name) => this.sizes[name] * this.stretch);
      let top = 0;
      for (const lane of this.lanes) {
        if (!lane.closed) this.pack(lane);
        const first = top + head;
        const tops = lane.closed ? [0, closed] : this.rowTops(lane, row);
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
      this.row = row;
      this.width = this.axis.days * this.axis.perDay;
      this.right = this.marks.reduce((most, mark) => Math.max(most, mark.reach), this.width);
    }

    rowTops(lane, row) {
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

    /** The parts of an action in words: `7 milestones`. */
    countParts(number) {
      const parts = this.parts.get(number);
      const kind = this.texts.kind(parts[0].number);
      const noun = parts.every((part) => this.texts.kind(part.number) === kind) ? kind : "part";
      return parts.length === 1 ? `1 ${noun}` : `${parts.length} ${noun.replace(/y$/, "ie")}s`;
    }

    /** Who holds a role on an item besides its owner: assigned to it, else to what it is part of. */
    holders(number, role) {
      for (let at = number; at !== null && at !== undefined; at = this.parents[at]) {
        const found = this.data.assigned.filter((one) => one[0] === at && one[1] === role);
        if (found.length) return found.map((one) => this.data.people[one[2]]);
      }
      return [];
    }
  }

  Object.assign(knockon, { MapModel, groupBy });
})();
