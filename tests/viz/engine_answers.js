/* What the page's engine answers to vectors, in the form in which Python writes what it expects.
   In Node: node engine_answers.js VECTORS.json SCRIPT.js… prints the answers; in a page it is evaluated. */
function answerVectors(vectors) {
  const { NEVER } = knockon;
  const plain = (column) => column.map((one) => (one === NEVER ? null : one));
  const datesOf = ({ dates }) => [plain(dates.start), plain(dates.finish), dates.shown];
  const threshold = (engine, one) => one && [engine.pack.ids[one.position], one.days];
  const told = (engine, changes) => {
    const found = engine.answer(changes);
    if (found.error) return null;
    const heard = engine.firstBoard(found.items.filter((one) => one.spare || one.work).map((one) => one.position));
    return {
      dates: [datesOf(found.after.spare), datesOf(found.after.work)],
      items: found.items.map((one) => [
        one.id, one.changed, one.isParent, one.spare, one.work, one.lateBefore, one.newlyLate,
        one.newlyLateIfWork, one.offPlan,
      ]),
      paths: found.items.map((one) => found.paths.to(one).map((position) => engine.pack.ids[position])),
      summary: Object.values(found.summary),
      thresholds: [found.nextToMove, found.firstLate, found.firstLateIfWork].map((one) => threshold(engine, one)),
      board: heard && [heard.board, heard.date],
    };
  };
  return vectors.map(({ pack, scenarios }) => {
    const engine = new knockon.Engine(pack);
    return { agrees: engine.agrees, answers: scenarios.map((changes) => told(engine, changes)) };
  });
}

if (typeof process !== "undefined" && typeof require === "function") {
  const { readFileSync } = require("node:fs");
  const { runInThisContext } = require("node:vm");
  const [vectors, ...scripts] = process.argv.slice(2);
  globalThis.window = globalThis;
  for (const script of scripts) runInThisContext(readFileSync(script, "utf8"), script);
  process.stdout.write(JSON.stringify(answerVectors(JSON.parse(readFileSync(vectors, "utf8")))));
}
