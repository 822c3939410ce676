/* What is shown, as the part of the address after the #: a link to it shows the same again. Nothing is
   drawn here. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const KEYS = ["item", "show", "along", "steps", "only", "lanes", "level", "links", "pick", "theme", "part", "directorate",
    "owner", "board", "status", "rag", "soon"];

  /** `#item=A1&show=after` as {item: "A1", show: "after"}; null where the hash is a place on the page. */
  function readAddress(hash) {
    const found = {};
    for (const pair of hash.replace(/^#/, "").split("&")) {
      const [key, ...rest] = pair.split("=");
      if (!KEYS.includes(key) || !rest.length) continue;
      try {
        found[key] = decodeURIComponent(rest.join("=").replace(/\+/g, " "));
      } catch {
        continue; // a % that stands for nothing
      }
    }
    return Object.keys(found).length ? found : null;
  }

  /** The same the other way; what has no value is left out, the order is always the same. */
  function writeAddress(state) {
    const told = KEYS.filter((key) => state[key] !== undefined && state[key] !== null)
      .map((key) => `${key}=${encodeURIComponent(state[key]).replace(/%20/g, "+")}`);
    return told.length ? `#${told.join("&")}` : "";
  }

  Object.assign(knockon, { readAddress, writeAddress });
})();
