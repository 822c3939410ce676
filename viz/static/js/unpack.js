/* Unpacks what queries/portable.py packed: columns told the short way, calendars, gates and the rest. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { DAY, NEVER } = knockon;

  const instant = (value) => (value === null || value === undefined ? NEVER : value);

  /** A column as it was before it was packed; `find` gives another by its packed name. */
  function unpack(packed, size, find) {
    if (packed === null || typeof packed === "number") return new Array(size).fill(instant(packed));
    if (Array.isArray(packed)) return packed.map(instant);
    if (packed.days) return packed.days.map((day) => (day === null ? NEVER : day * DAY));
    const { like, but } = packed;
    const column = typeof like === "string" ? [...find(like)] : new Array(size).fill(instant(like));
    for (const [place, value] of Object.entries(but)) column[place] = instant(value);
    return column;
  }

  const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

  /** All columns, in whatever order they stand in the file. */
  function columns(packed, size) {
    const known = new Map();
    const find = (name) => {
      if (!known.has(name)) known.set(name, unpack(packed[name], size, find));
      return known.get(name);
    };
    return Object.fromEntries(Object.keys(packed).map((name) => [camel(name), find(name)]));
  }

  /** Lists by place: which entries of a column name it. */
  function groupPlaces(column, size) {
    const found = Array.from({ length: size }, () => []);
    column.forEach((at, place) => at >= 0 && found[at].push(place));
    return found;
  }

  function unpackExtra(one, meetings) {
    const gates = (one.gates ?? []).map((gate) => ({
      ...gate, own: instant(gate.own), meetings: meetings.slice(gate.from, gate.to),
    }));
    const ends = ["snet", "fnet", "pinStart", "pinFinish"].map((name) => [name, instant(one[name])]);
    return { shift: 0, blackouts: [], splits: [], ...one, ...Object.fromEntries(ends), gates };
  }

  /** The net as the forward pass reads it, by position and by edge. */
  function unpackNet(pack, clock) {
    const size = pack.ids.length;
    const items = columns(pack.items, size);
    const edges = columns(pack.edges, pack.links);
    let at = 0;
    const meetings = unpack(pack.meetings.steps, pack.meetings.amount).map((step) => (at += step));
    const extra = new Array(size).fill(null);
    for (const [position, one] of Object.entries(pack.extras)) extra[position] = unpackExtra(one, meetings);
    return {
      ...items, ...edges, ...columns(pack.projects, pack.starts), extra, clock,
      into: groupPlaces(edges.target, size),
      parts: groupPlaces(items.parent, size), below: groupPlaces(items.above, size),
    };
  }

  Object.assign(knockon, { unpack, unpackExtra, unpackNet });
})();
