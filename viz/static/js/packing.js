/* Rows for what lies side by side in time: viz/layout.py once more, for lanes that are chosen or filtered
   in the page. Held equal to it by tests/viz/test_map_scripts.py. Nothing is drawn here. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const NEIGHBOURHOOD = 6; // rows tried either side of the wished one

  /** Where a value goes in a sorted list of numbers, for the topmost free row. */
  function insert(list, value) {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < value) low = middle + 1;
      else high = middle;
    }
    list.splice(low, 0, value);
  }

  /** A heap of [end, row], the first end on top. */
  class Heap {
    constructor() {
      this.list = [];
    }

    get top() {
      return this.list[0];
    }

    push(entry) {
      const { list } = this;
      let at = list.push(entry) - 1;
      while (at && list[(at - 1) >> 1][0] > entry[0]) {
        list[at] = list[(at - 1) >> 1];
        at = (at - 1) >> 1;
      }
      list[at] = entry;
    }

    pop() {
      const { list } = this;
      const [top, last] = [list[0], list.pop()];
      if (!list.length) return top;
      let at = 0;
      for (let next = 1; next < list.length; next = 2 * at + 1) {
        if (next + 1 < list.length && list[next + 1][0] < list[next][0]) next += 1;
        if (list[next][0] >= last[0]) break;
        list[at] = list[next];
        at = next;
      }
      list[at] = last;
      return top;
    }
  }

  /** Half to even, as Python rounds. */
  function round(value) {
    const low = Math.floor(value);
    const rest = value - low;
    return rest > 0.5 || (rest === 0.5 && low % 2) ? low + 1 : low;
  }

  /** A row for each box (key, left, right, near) so that those in one row lie `gap` apart; as few as can be. */
  function packRows(boxes, gap) {
    const rows = new Map();
    const ends = [];
    const busy = new Heap();
    const free = [];
    const order = [...boxes].sort((a, b) => a.left - b.left);
    for (const box of order) {
      while (busy.top && busy.top[0] <= box.left) {
        const [end, row] = busy.pop();
        if (ends[row] === end) insert(free, row);
      }
      const row = nearRow(box, rows, ends) ?? firstRow(box, ends, free);
      ends[row] = Math.max(box.left, box.right) + gap;
      busy.push([ends[row], row]);
      rows.set(box.key, row);
    }
    return rows;
  }

  /** A free row near the mean row of what a box is linked to, null where nothing is. */
  function nearRow(box, rows, ends) {
    const linked = box.near.filter((key) => rows.has(key)).map((key) => rows.get(key));
    if (!linked.length) return null;
    const wished = round(linked.reduce((sum, row) => sum + row, 0) / linked.length);
    for (let step = 0; step <= NEIGHBOURHOOD; step += 1) {
      for (const row of [wished - step, wished + step]) {
        if (row >= 0 && row < ends.length && ends[row] <= box.left) return row;
      }
    }
    return null;
  }

  function firstRow(box, ends, free) {
    while (free.length && ends[free[0]] > box.left) free.shift();
    return free.length ? free.shift() : ends.push(0) - 1;
  }

  /** Rows of groups in a lane and of parts below their group; `depth`: rows of the parts of an open group. */
  function packLane(groups, gap) {
    const row = new Map();
    const depth = new Map();
    for (const { box, parts } of groups) {
      const below = packRows(parts, gap);
      let deepest = 0;
      for (const [key, at] of below) {
        row.set(key, at + 1);
        deepest = Math.max(deepest, at + 1);
      }
      depth.set(box.key, deepest);
    }
    for (const [key, at] of packRows(groups.map(reach), gap)) row.set(key, at);
    return { row, depth };
  }

  /** A group's box with all of its parts, so that opening it pushes nothing sideways. */
  function reach({ box, parts }) {
    let { left, right } = box;
    for (const part of parts) {
      left = Math.min(left, part.left);
      right = Math.max(right, part.right);
    }
    return { ...box, left, right };
  }

  Object.assign(knockon, { packLane, packRows });
})();
