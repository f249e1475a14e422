import { place } from "../lib/place.js";

/**
 * <tw-menu> around a button[popovertarget] and its [popover]: placement, arrow keys, focus back.
 * The native popover does opening, Escape and light dismiss, with or without this script.
 */
class Menu extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[popovertarget]");
    this.panel = this.querySelector("[popover]");
    if (!this.button || !this.panel) return;
    this.panel.addEventListener("toggle", this);
    this.panel.addEventListener("keydown", this);
    this.button.setAttribute("aria-expanded", "false");
  }

  handleEvent(event) {
    if (event.type === "toggle") this.toggled(event.newState === "open");
    else this.key(event);
  }

  toggled(open) {
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    place(this.panel, this.button);
    this.items[0]?.focus({ focusVisible: false });
  }

  get items() {
    const every = this.panel.querySelectorAll("a[href], button:not(:disabled), input, select");
    return [...every].filter((item) => item.checkVisibility());
  }

  key(event) {
    const items = this.items;
    const at = items.indexOf(document.activeElement);
    const next = {
      ArrowDown: items[(at + 1) % items.length],
      ArrowUp: items[(at - 1 + items.length) % items.length],
      Home: items[0],
      End: items.at(-1),
    }[event.key];
    if (!next || event.target.matches("input, select")) return;
    event.preventDefault();
    next.focus();
  }
}
customElements.define("tw-menu", Menu);
