/* Colours of the canvas: the page's own, or the reader's where Windows forces colours. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const forced = window.matchMedia("(forced-colors: active)");

  const OWN = {
    paper: "#ffffff", band: "#f5f7f8", rule: "#d5dadd", year: "#9aa3a8", ink: "#0b0c0c", soft: "#50585d",
    faint: "#6b7479", line: "#6f777b", fade: "#d9dddf", main: "#12436d", fill: "#cfdfec", late: "#a3201a",
    done: "#5f686d", frame: "#eef3f7", halo: "#ffdd00", status: "#0b0c0c", onHalo: "#0b0c0c", thin: 1,
  };
  const FORCED = {
    paper: "Canvas", band: "Canvas", rule: "GrayText", year: "CanvasText", ink: "CanvasText", soft: "CanvasText",
    faint: "GrayText", line: "CanvasText", fade: "GrayText", main: "CanvasText", fill: "Canvas", late: "LinkText",
    done: "GrayText", frame: "Canvas", halo: "Highlight", status: "CanvasText", onHalo: "HighlightText", thin: 0.4,
  };

  knockon.palette = () => (forced.matches ? FORCED : OWN);
  knockon.onForcedColours = (act) => forced.addEventListener("change", act);
})();
