const SLOP_PX = 5;
const EDGE_PX = 48;

/**
 * Pointer dragging of a row's face onto another row (`[data-drop]`). Mouse, pen and touch alike;
 * near the edge of the list it scrolls. The owner decides what a drop means.
 */
export class Drag {
  constructor(root, { start, over, drop, cancel }) {
    Object.assign(this, { root, start, over, drop, cancel });
    root.addEventListener("pointerdown", (event) => this.down(event));
  }

  down(event) {
    const face = event.target.closest("[data-drag] .avatar");
    if (!face || event.button !== 0) return;
    event.preventDefault();
    this.row = face.closest(".row");
    this.face = face;
    this.from = { x: event.clientX, y: event.clientY };
    this.ending = new AbortController();
    const options = { signal: this.ending.signal };
    window.addEventListener("pointermove", (move) => this.moved(move), options);
    window.addEventListener("pointerup", (up) => this.up(up), options);
    window.addEventListener("pointercancel", () => this.finish(true), options);
    window.addEventListener("keydown", (key) => key.key === "Escape" && this.finish(true), options);
  }

  moved(event) {
    const far = Math.hypot(event.clientX - this.from.x, event.clientY - this.from.y) > SLOP_PX;
    if (!this.ghost && !far) return;
    if (!this.ghost) this.lift();
    this.ghost.style.transform = `translate(${event.clientX + 10}px, ${event.clientY + 10}px)`;
    const row = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-drop]");
    if (row !== this.under) {
      this.under = row ?? null;
      this.over(this.under);
    }
    this.scroll(event.clientY);
  }

  lift() {
    this.ghost = document.createElement("div");
    this.ghost.className = "drag-ghost";
    this.ghost.append(this.face.cloneNode(true), this.row.dataset.name);
    document.body.append(this.ghost);
    this.root.classList.add("dragging");
    this.start(this.row);
  }

  scroll(y) {
    const pane = this.row.closest(".board-scroll");
    const box = pane.getBoundingClientRect();
    const push = y < box.top + EDGE_PX ? -1 : y > box.bottom - EDGE_PX ? 1 : 0;
    cancelAnimationFrame(this.frame);
    if (!push || !this.ghost) return;
    const step = () => {
      pane.scrollBy(0, push * 9);
      this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  up() {
    const { ghost, under } = this;
    this.finish(false);
    if (ghost) this.drop(under);
    else this.row.focus();
  }

  finish(cancelled) {
    cancelAnimationFrame(this.frame);
    this.ending.abort();
    this.ghost?.remove();
    this.root.classList.remove("dragging");
    if (cancelled && this.ghost) this.cancel();
    this.ghost = this.under = null;
  }
}
