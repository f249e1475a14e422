const PLAIN_MS = 7000;
const UNDO_MS = 15000;
const MOST = 4;

/**
 * <tw-toasts role="status">: the only place for short messages.
 * A toast leaves by itself (later when it offers undo), but never while it is hovered or focused.
 * Toasts that came with the page are put in again after load, so that screen readers speak them.
 */
class Toasts extends HTMLElement {
  connectedCallback() {
    const early = [...this.children];
    this.replaceChildren();
    this.watcher = new MutationObserver((records) => {
      for (const record of records) {
        for (const node of record.addedNodes) if (node.nodeType === 1) this.arm(node);
      }
    });
    this.watcher.observe(this, { childList: true });
    requestAnimationFrame(() => this.append(...early));
    this.addEventListener("click", (event) => {
      const toast = event.target.closest(".toast");
      if (event.target.closest("[data-close]")) this.dismiss(toast);
      if (event.target.closest("[data-reload]")) location.reload();
    });
    document.addEventListener("htmx:responseError", this);
    document.addEventListener("htmx:sendError", this);
  }

  disconnectedCallback() {
    this.watcher?.disconnect();
    document.removeEventListener("htmx:responseError", this);
    document.removeEventListener("htmx:sendError", this);
  }

  handleEvent(event) {
    if (event.type === "htmx:sendError") return this.say(this.dataset.offline, "warning");
    const body = event.detail.xhr.responseText;
    const parsed = new DOMParser().parseFromString(body.length < 20000 ? body : "", "text/html");
    const told = parsed.querySelector("[data-toast]");
    const mayReload = told?.hasAttribute("data-stale");
    this.say(told?.textContent.trim() || this.dataset.failed, "error", mayReload);
  }

  /** Show a line of text; `level` is one of success, info, warning, error. */
  say(text, level = "info", mayReload = false) {
    const template = this.parentElement.querySelector("template[data-toast-template]");
    const toast = template.content.firstElementChild.cloneNode(true);
    toast.classList.add(level);
    toast.querySelector("p").textContent = text;
    toast.querySelector("[data-reload]").hidden = !mayReload;
    this.append(toast);
  }

  arm(toast) {
    const offersUndo = toast.hasAttribute("data-undo");
    // The board has one line of steps: only the newest can be taken back first.
    if (offersUndo && document.querySelector("tw-board")) {
      for (const older of this.querySelectorAll("[data-undo]")) if (older !== toast) this.dismiss(older);
    }
    for (const older of [...this.children].slice(0, -MOST)) this.dismiss(older);
    const rest = offersUndo ? UNDO_MS : PLAIN_MS;
    let timer = 0;
    const start = () => { timer = setTimeout(() => this.dismiss(toast), rest); };
    const hold = () => clearTimeout(timer);
    const resume = () => { hold(); if (!toast.matches(":hover, :focus-within")) start(); };
    toast.addEventListener("pointerenter", hold);
    toast.addEventListener("focusin", hold);
    toast.addEventListener("pointerleave", resume);
    toast.addEventListener("focusout", () => setTimeout(resume));
    if (!toast.classList.contains("error")) start();
  }

  dismiss(toast) {
    if (!toast?.isConnected) return;
    toast.classList.add("leaving");
    setTimeout(() => toast.remove(), 160);
  }
}
customElements.define("tw-toasts", Toasts);
