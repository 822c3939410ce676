/* Which mark lies under a point of the canvas. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const { labelPlace, markY } = knockon;
  const NEAR = 14; // pixels, so that a small mark is as large a target as WCAG asks

  /** The mark at a point: a diamond or bar first, then a label. */
  function hitMark(scene, x, y) {
    const { model, view } = scene;
    let [best, nearest] = [null, NEAR];
    for (const mark of model.marks) {
      if (model.lanes[mark.lane].crowded || (model.isGroup(mark) && model.lanes[mark.lane].closed)) continue;
      const my = view.y(markY(model, mark));
      if (Math.abs(my - y) >= NEAR) continue;
      const long = model.hasLength(mark) && !model.isRolled(mark);
      const dx = long ? Math.max(view.x(mark.left) - x, 0, x - view.x(mark.right)) : Math.abs(view.x(mark.right) - x);
      const far = Math.hypot(dx, my - y) + (long ? 3 : 0);
      if (far < nearest) [best, nearest] = [mark, far];
    }
    return best || model.marks.find((mark) => isOnLabel(scene, mark, x, y)) || null;
  }

  function isOnLabel(scene, mark, x, y) {
    if (scene.model.isRolled(mark)) return false;
    const place = labelPlace(scene, mark);
    if (!place || !place.many) return false;
    const tall = place.many * place.line;
    const top = place.top === undefined ? place.middle - tall / 2 : place.top;
    return x > place.left - 16 && x < place.left + place.width && y > top && y < top + tall;
  }

  /** Whether a point lies on the triangle that opens an action. */
  function isOnTurn(scene, mark, x) {
    const place = labelPlace(scene, mark);
    return Boolean(place && scene.model.isGroup(mark) && x < place.left && x > place.left - 18);
  }

  Object.assign(knockon, { hitMark, isOnTurn });
})();
