/* What the map's scripts that draw nothing answer, in Node: node map_answers.js QUESTIONS.json SCRIPT.js… */
const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

const [given, ...scripts] = process.argv.slice(2);
globalThis.window = globalThis;
for (const script of scripts) runInThisContext(readFileSync(script, "utf8"), script);

const tables = (links) => {
  const by = (end) => {
    const found = new Map();
    for (const link of links) found.set(link[end], [...(found.get(link[end]) || []), link]);
    return found;
  };
  return { into: by("to"), outOf: by("from") };
};

const ANSWERS = {
  packing: ({ lanes, gap }) => lanes.map((groups) => {
    const { row, depth } = knockon.packLane(groups, gap);
    return { row: Object.fromEntries(row), depth: Object.fromEntries(depth) };
  }),
  chains: ({ links, parents, sets, asked }) => {
    const inside = new Map();
    parents.forEach((parent, number) => parent !== null && inside.set(parent, [...(inside.get(parent) || []), number]));
    const chains = new knockon.Chains({ ...tables(links), parents, inside, sets: new Set(sets) });
    return asked.map(([number, how]) => {
      const { items, links: found, cut } = chains.of(number, how);
      return { items: [...items].sort((a, b) => a - b), links: [...found].sort((a, b) => a - b), cut };
    });
  },
  facets: ({ facets, soon, finish, choices }) => {
    const known = new knockon.Facets(facets, { soon, finish });
    return choices.map((choice) => {
      const found = known.match(choice, finish.length);
      return found && [...found];
    });
  },
  addresses: (states) => states.map((state) => {
    const address = knockon.writeAddress(state);
    return [address, knockon.readAddress(address)];
  }),
  hashes: (hashes) => hashes.map((hash) => knockon.readAddress(hash)),
};

const questions = JSON.parse(readFileSync(given, "utf8"));
process.stdout.write(JSON.stringify(questions.map(([name, question]) => ANSWERS[name](question))));
