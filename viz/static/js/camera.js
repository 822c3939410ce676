/* Looking about: what part of the map is in view, and how wheel, drag and buttons change it. The view
   never leaves the plan, and a wheel that can move no further scrolls the page. */
(function () {
  "use strict";
  const knockon = (window.knockon = window.knockon || {});
  const LARGEST = 3;
  const READABLE = 0.62; // the zoom from which labels can be read
  const within = (low, value, high) => (low > high ? low : Math.min(high, Math.max(low, value)));

  class Camera {
    constructor(network, stage, model) {
      Object.assign(this, { network, stage, model });
      this.still = window.matchMedia("(prefers-reduced-motion: reduce)");
      // On the frame around the canvas: the names of the themes lie over the canvas, not in it.
      stage.parentElement.addEventListener("wheel", (event) => this.onWheel(event), { capture: true, passive: false });
      network.on("zoom", () => this.settle());
      network.on("resize", () => queueMicrotask(() => this.keepCorner())); // it zooms once all have heard
      network.on("animationFinished", () => {
        this.gliding = false;
      });
      this.gliding = false;
      this.wanted = null; // where the view was last moved to, and how large it was
    }

    /** vis-network zooms with the size of its frame: keep the zoom, and what stands in the first corner. */
    keepCorner() {
      if (!this.wanted) return;
      const { scale, position, width, height } = this.wanted;
      const { clientWidth, clientHeight } = this.stage;
      this.moveTo({ x: position.x + (clientWidth - width) / 2 / scale, y: position.y + (clientHeight - height) / 2 / scale }, scale);
    }

    go(target, animation) {
      this.wanted = { ...target, width: this.stage.clientWidth, height: this.stage.clientHeight };
      this.gliding = Boolean(animation);
      this.network.moveTo({ ...target, animation });
    }

    /** The part in view, with the ways from map to screen and back. */
    view() {
      const scale = this.network.getScale();
      const centre = this.network.getViewPosition();
      const width = this.stage.clientWidth;
      const height = this.stage.clientHeight;
      return {
        scale, width, height, centre,
        x: (at) => (at - centre.x) * scale + width / 2,
        y: (at) => (at - centre.y) * scale + height / 2,
        wx: (at) => (at - width / 2) / scale + centre.x,
        wy: (at) => (at - height / 2) / scale + centre.y,
      };
    }

    smallest() {
      return Math.min(READABLE, Math.max(0.08, (this.stage.clientWidth - 60) / this.model.width));
    }

    /** How much taller rows are drawn at a zoom than the map's units say: they never get too low to read. */
    stretchAt(scale) {
      return Math.max(1, READABLE / scale);
    }

    /** The nearest zoom and centre at which the plan still fills the view. */
    hold(centre, scale) {
      const zoom = within(this.smallest(), scale, LARGEST);
      const half = { x: this.stage.clientWidth / 2 / zoom, y: this.stage.clientHeight / 2 / zoom };
      return {
        scale: zoom,
        position: {
          x: within(half.x - 24 / zoom, centre.x, this.model.right + 40 / zoom - half.x),
          y: within(half.y - knockon.AXIS / zoom, centre.y, this.model.height + 8 / zoom - half.y),
        },
      };
    }

    moveTo(centre, scale, glide = false) {
      const animation = glide && !this.still.matches ? { duration: 250, easingFunction: "easeInOutQuad" } : false;
      this.go(this.hold(centre, scale), animation);
    }

    settle() {
      this.moveTo(this.network.getViewPosition(), this.network.getScale());
    }

    zoomBy(factor, at = { x: this.stage.clientWidth / 2, y: this.stage.clientHeight / 2 }) {
      const view = this.view();
      const scale = within(this.smallest(), view.scale * factor, LARGEST);
      const [x, y] = [view.wx(at.x), view.wy(at.y)];
      this.moveTo({ x: x - (at.x - view.width / 2) / scale, y: y - (at.y - view.height / 2) / scale }, scale);
    }

    /** Move by pixels; false where the view is at its end already. */
    panBy(x, y) {
      const view = this.view();
      const target = this.hold({ x: view.centre.x + x / view.scale, y: view.centre.y + y / view.scale }, view.scale);
      const moves = Math.abs(target.position.x - view.centre.x) + Math.abs(target.position.y - view.centre.y);
      if (moves * view.scale < 0.5) return false;
      this.go(target, false);
      return true;
    }

    /** Begin with the whole time span if its text can be read, else where the given marks begin. */
    showStart(marks) {
      const scale = within(READABLE, (this.stage.clientWidth - 60) / this.model.width, 1.2);
      const left = Math.min(...marks.map((mark) => mark.ghost ?? mark.left));
      const x = marks.length ? left - 60 / scale + this.stage.clientWidth / 2 / scale : 0;
      const y = marks.length ? Math.min(...marks.map((mark) => mark.y)) : 0;
      this.moveTo({ x, y }, scale);
    }

    /** Keep the time in view and go up to the first lane. */
    showTop() {
      this.moveTo({ x: this.view().centre.x, y: 0 }, this.network.getScale());
    }

    showSpan() {
      this.moveTo({ x: 0, y: 0 }, (this.stage.clientWidth - 60) / this.model.width, true);
    }

    /** Bring a mark into view with its label, if it is not. */
    bringIn(mark) {
      const view = this.view();
      const [x, y] = [view.x(mark.right), view.y(mark.y)];
      const room = Math.min(240, view.width * 0.4);
      const [above, below] = [knockon.AXIS + view.height * 0.2, view.height * 0.85];
      const isSeen = x > 30 && x < view.width - room && y > above && y < below;
      if (isSeen && view.scale >= READABLE / 2) return;
      this.moveTo({ x: mark.right + room / 3 / view.scale, y: mark.y }, Math.max(view.scale, READABLE), true);
    }

    bringLaneIn(lane) {
      const view = this.view();
      const top = view.y(lane.top);
      if (top >= knockon.AXIS - 2 && top < view.height - 40) return;
      this.moveTo({ x: view.centre.x, y: lane.top + (view.height / 2 - knockon.AXIS) / view.scale }, view.scale);
    }

    onWheel(event) {
      event.stopPropagation();
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const frame = this.stage.getBoundingClientRect();
        this.zoomBy(Math.exp(-event.deltaY * 0.002), { x: event.clientX - frame.left, y: event.clientY - frame.top });
        return;
      }
      const unit = event.deltaMode === 1 ? 20 : 1;
      const [x, y] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      if (this.panBy(x * unit, y * unit)) event.preventDefault();
    }

    /** Drag with one pointer to move; a press that does not move is a tap. */
    listenToPointer(onTap) {
      const drag = { id: null, x: 0, y: 0, moved: false };
      this.stage.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        const id = drag.id === null ? event.pointerId : -1; // a second finger pinches instead
        Object.assign(drag, { id, x: event.clientX, y: event.clientY, moved: false });
      });
      window.addEventListener("pointermove", (event) => {
        if (event.pointerId !== drag.id) return;
        const [x, y] = [drag.x - event.clientX, drag.y - event.clientY];
        if (!drag.moved && Math.abs(x) + Math.abs(y) < 5) return;
        Object.assign(drag, { moved: true, x: event.clientX, y: event.clientY });
        this.stage.classList.add("dragged");
        this.panBy(x, y);
      });
      for (const end of ["pointerup", "pointercancel"]) {
        window.addEventListener(end, (event) => {
          this.stage.classList.remove("dragged");
          if (event.pointerId === drag.id && end === "pointerup" && !drag.moved) onTap(event);
          drag.id = null;
        });
      }
    }
  }

  knockon.Camera = Camera;
})();
