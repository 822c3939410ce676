/* How far a long job on this machine is: asked twice a second; at its end the page is read again. */
(() => {
  "use strict";
  const part = document.getElementById("progress");
  if (!part) return;
  const bar = document.getElementById("bar");
  const far = document.getElementById("far");
  const says = document.getElementById("says");
  const number = (value) => value.toLocaleString("en-GB");
  let told = -1;

  function show(found) {
    bar.value = found.done;
    if (!found.done) return;
    const more = found.done >= found.iterations ? "; finding out what costs most" : "";
    far.textContent = `${number(found.done)} of ${number(found.iterations)} runs done${more}.`;
    const quarter = Math.floor((4 * found.done) / found.iterations);
    if (quarter !== told) {
      told = quarter;
      says.textContent = far.textContent;
    }
  }

  async function look() {
    try {
      const answer = await fetch(part.dataset.at, { headers: { Accept: "application/json" } });
      if (!answer.ok) {
        location.reload();
        return;
      }
      const found = await answer.json();
      if (found.state !== "running") {
        location.reload();
        return;
      }
      show(found);
      setTimeout(look, 500);
    } catch {
      far.textContent = "The page has lost touch with knockon: is knockon serve still running?";
    }
  }

  setTimeout(look, 300);
})();
