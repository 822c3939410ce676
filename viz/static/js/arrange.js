/* Which items the map holds, what opens under what, and in which lanes and rows: laid out anew after another
   choice of lanes, of a level or of a filter. Added to the map's model. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { MapModel, groupBy, packLane } = knockon;

  Object.assign(MapModel.prototype, {
    /** Lay out anew what is shown: after another choice of lanes, of a level or of a filter. */
    arrange() {
      const groups = this.findGroups();
      this.markOf = new Map([...this.all].filter(([number]) => groups.has(number)));
      this.marks = [...this.markOf.values()];
      for (const mark of this.marks) Object.assign(mark, { group: groups.get(mark.number), lane: -1, row: 0, depth: 0 });
      this.parts = groupBy(this.marks.filter((one) => one.group !== one.number), (one) => one.group);
      for (const mark of this.marks) this.place(mark);
      this.makeLanes();
    },

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
    },

    /** The action an item opens under, or the outermost objective; itself where its lane is another. */
    holderOf(number) {
      const line = this.depths[number];
      const parent = this.parents[number];
      const holder = this.byObjective ? line[line.length - 1] : line[0] === parent ? parent : undefined;
      return holder === undefined || this.laneKey(holder) !== this.laneKey(number) ? number : holder;
    },

    laneKey(number) {
      return this.facets.first(this.lanesBy, number);
    },

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
    },

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
    },

    laneTitle(facet, place, amount) {
      if (place >= 0) return facet.names[place];
      return amount === 1 && this.lanesBy === "theme" ? "All items" : facet?.none ?? "All items";
    },

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
    },

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
    },

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
    },

    /** The same anew for every lane, once a scenario has moved marks. */
    limitLabels() {
      for (const lane of this.lanes) {
        this.sortFinishes(lane);
        if (lane.packed) this.limitLane(lane);
      }
    },

    sortFinishes(lane) {
      lane.finishes = lane.marks.map((mark) => mark.right).sort((a, b) => a - b);
    },
  });
})();
