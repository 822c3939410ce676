/* The map's model: what is drawn of the items that are shown, in which lanes and rows, what is open and
   which links join what. Numbers come from the page's data block. Nothing is drawn here. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { Chains, Facets, packLane } = knockon;

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

    // --- what is drawn, and where ---------------------------------------------------------------------

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

    /** Lay out anew what is shown: after another choice of lanes, of a level or of a filter. */
    arrange() {
      const groups = this.findGroups();
      this.markOf = new Map([...this.all].filter(([number]) => groups.has(number)));
      this.marks = [...this.markOf.values()];
      for (const mark of this.marks) Object.assign(mark, { group: groups.get(mark.number), lane: -1, row: 0, depth: 0 });
      this.parts = groupBy(this.marks.filter((one) => one.group !== one.number), (one) => one.group);
      for (const mark of this.marks) this.place(mark);
      this.makeLanes();
    }

    /** What is drawn and under what it opens: items without parts, what these are parts of, what has links. */
    findGroups() {
      const groups = new Map();
      const holders = new Set();
      const isLeaf = (number) => !(this.inside.get(number) || []).some((part) => this.all.has(part));
      const holds = new Set(); // items below which something is shown
      for (const number of this.all.keys()) if (this.isShown(number)) for (const one of this.depths[number]) holds.add(one);
      const isLinked = (number) => this.into.has(number) || this.outOf.has(number);
      for (const number of this.all.keys()) {
        if (!this.isShown(number)) continue;
        const leaf = isLeaf(number);
        const alone = this.shown !== null && !holds.has(number) && this.themeOf(number) !== number;
        if (!leaf && !alone && !isLinked(number)) continue;
        const holder = leaf || this.byObjective ? this.holderOf(number) : number;
        groups.set(number, holder);
        if (holder !== number) holders.add(holder);
      }
      for (const holder of holders) groups.set(holder, holder);
      // In the order of the plan, in which rows are given.
      return new Map([...groups].sort((a, b) => a[0] - b[0]));
    }

    /** The action an item opens under, or the outermost objective; itself where its lane is another. */
    holderOf(number) {
      const line = this.depths[number];
      const parent = this.parents[number];
      const holder = this.byObjective ? line[line.length - 1] : line[0] === parent ? parent : undefined;
      return holder === undefined || this.laneKey(holder) !== this.laneKey(number) ? number : holder;
    }

    laneKey(number) {
      return this.facets.first(this.lanesBy, number);
    }

    /** The space a mark, its ghost and its label take up in a row: as viz/mapdata.py has it. */
    place(mark) {
      const { character, bar, label, mark: half } = this.sizes;
      const { id, title } = this.texts.of(mark.number);
      const text = character * ([...id].length + 1 + [...title].length);
      const first = Math.min(mark.left, mark.ghost ?? mark.left);
      const last = Math.max(mark.right, mark.latest ?? mark.right);
      if (this.hasLength(mark)) {
        mark.from = first;
        mark.reach = Math.max(last, mark.left + Math.min(bar[1], Math.max(bar[0], text)));
      } else {
        mark.from = first - half;
        mark.reach = last + half + Math.min(label[1], Math.max(label[0], text / 2 + 24));
      }
    }

    makeLanes() {
      const facet = this.facets.by.get(this.lanesBy);
      const groups = groupBy(this.marks.filter((one) => one.group === one.number), (one) => this.laneKey(one.number));
      const known = new Map((this.lanes || []).map((lane) => [lane.key, lane.closed]));
      const tooMany = this.isCounted();
      const keys = [...groups.keys()].sort((a, b) => (a < 0) - (b < 0) || a - b);
      this.lanes = keys.map((place, number) => {
        const lane = {
          number, key: `${this.lanesBy} ${place}`, title: this.laneTitle(facet, place, keys.length), groups: groups.get(place), marks: [],
          packed: false, closed: false,
        };
        for (const group of lane.groups) {
          for (const mark of [group, ...(this.parts.get(group.number) || [])]) {
            mark.lane = number;
            lane.marks.push(mark);
          }
        }
        this.sortFinishes(lane);
        this.closeLane(lane, known.get(lane.key) ?? tooMany);
        return lane;
      });
    }

    laneTitle(facet, place, amount) {
      if (place >= 0) return facet.names[place];
      return amount === 1 && this.lanesBy === "theme" ? "All items" : facet?.none ?? "All items";
    }

    /** Give a lane's groups and parts their rows: only when it is open, so that closed ones cost nothing. */
    pack(lane) {
      if (lane.packed) return;
      const near = this.neighbours(lane);
      const box = (mark) => ({ key: mark.number, left: mark.from, right: mark.reach, near: near.get(mark.number) || [] });
      const groups = lane.groups.map((mark) => ({ box: box(mark), parts: (this.parts.get(mark.number) || []).map(box) }));
      const { row, depth } = packLane(groups, this.sizes.gap);
      for (const mark of lane.marks) Object.assign(mark, { row: row.get(mark.number), depth: depth.get(mark.number) ?? 0 });
      lane.packed = true;
      this.limitLane(lane);
    }

    /** What each mark of a lane is linked to: parts to parts, and groups to groups through them. */
    neighbours(lane) {
      const near = new Map();
      const add = (here, there) => {
        if (!near.has(here)) near.set(here, new Set());
        near.get(here).add(there);
      };
      const links = new Set(lane.marks.flatMap(({ number }) => [...(this.into.get(number) || []), ...(this.outOf.get(number) || [])]));
      const ordered = [...links].sort((a, b) => a.number - b.number);
      for (const link of ordered) {
        const [from, to] = [this.markOf.get(link.from), this.markOf.get(link.to)];
        if (!from || !to) continue;
        for (const [here, there] of [[from, to], [to, from]]) {
          add(here.number, there.number);
          add(here.group, there.group);
        }
      }
      return new Map([...near].map(([key, found]) => [key, [...found]]));
    }

    /** A label may run on to the next thing in its row: `limit` is where that begins. */
    limitLane(lane) {
      const start = (mark) => Math.min(mark.left - (this.hasLength(mark) ? 0 : this.sizes.mark), mark.ghost ?? Infinity);
      const first = (group) => Math.min(start(group), ...(this.parts.get(group.number) || []).map(start));
      const within = (marks, limit, begin) => {
        for (const row of groupBy(marks, (mark) => mark.row).values()) {
          row.sort((a, b) => begin(a) - begin(b));
          row.forEach((mark, place) => {
            mark.limit = place + 1 < row.length ? begin(row[place + 1]) - 14 : limit(mark);
          });
        }
      };
      within(lane.groups, () => Infinity, first);
      for (const group of lane.groups) within(this.parts.get(group.number) || [], () => group.limit, start);
    }

    /** The same anew for every lane, once a scenario has moved marks. */
    limitLabels() {
      for (const lane of this.lanes) {
        this.sortFinishes(lane);
        if (lane.packed) this.limitLane(lane);
      }
    }

    sortFinishes(lane) {
      lane.finishes = lane.marks.map((mark) => mark.right).sort((a, b) => a - b);
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

    // --- links ---------------------------------------------------------------------------------------

    /** Whether a link counts as the reader has chosen: accepted, with proposed, those that set a date, none. */
    uses(link) {
      if (this.linkUse === "none") return false;
      if (this.linkUse === "driving") return link.driving;
      return link.state === "accepted" || this.linkUse === "all";
    }

    /** Whether there are too many items to draw one by one: lanes hold counts, links join nothing one sees. */
    isCounted() {
      return this.marks.length > this.sizes.most;
    }

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
    }

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
    }

    /** The chain of an item along the links that are drawn, accepted ones at least. */
    chain(number, how = {}) {
      const use = (link) => (link.state === "accepted" || this.linkUse === "all") && this.all.has(link.from) && this.all.has(link.to);
      return this.chains.of(number, { use, ...how });
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

  knockon.MapModel = MapModel;
})();
