import { Drag } from "../lib/drag.js";

const FOLLOW_MS = 140;
const PREVIEW_MS = 120;

/**
 * <tw-board>: selection, keys and dragging on the matching board. The server is the truth: every
 * act is a request whose answer replaces the touched pieces. Without this element the board works
 * by links and forms. The contract stands in docs/reference/components.md.
 */
class Board extends HTMLElement {
  connectedCallback() {
    this.source = null; // row whose mentee is being moved, in swap mode or by dragging
    this.say = this.querySelector("[data-say]");
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("focusin", (event) => this.focused(event.target.closest(".row[tabindex]")));
    this.addEventListener("click", (event) => this.click(event));
    this.addEventListener("htmx:configRequest", (event) => this.dated(event.detail));
    this.addEventListener("htmx:afterSettle", (event) => this.settled(event.detail.target));
    this.drag = new Drag(this, {
      start: (row) => this.begin(row),
      over: (row) => this.aim(row),
      drop: (row) => this.drop(row),
      cancel: () => this.end(),
    });
    this.fromPage = (event) => event.target === document.body && this.key(event);
    document.addEventListener("keydown", this.fromPage); // nobody clicks into a page first
    this.settled();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.fromPage);
  }

  get rows() {
    return [...this.querySelectorAll(".row[tabindex]")];
  }

  get panel() {
    return this.querySelector("#board-preview");
  }

  /** Keep exactly one row in the tab order, and give focus back when its row was replaced. */
  settled(target) {
    if (target?.id === "board-detail" && !wide()) this.goTo(target); // below the list
    const rows = this.rows;
    if (target?.id === "board-preview") this.previewed();
    if (target?.id === "board-detail") this.mark((row) => this.shows(row));
    const now = rows.find((row) => row.id === this.at) ?? rows.find(chosen) ?? rows.find((row) => row.dataset.row) ?? rows[0];
    for (const row of rows) row.tabIndex = row === now ? 0 : -1;
    if (now && this.hadFocus && document.activeElement === document.body) now.focus();
    if (this.source && !this.source.isConnected) this.end();
  }

  previewed() {
    this.panel.classList.toggle("stale", Boolean(this.target) && !this.isSeen);
    if (!this.isAsked || !this.isSeen) return;
    this.isAsked = false;
    this.panel.querySelector("[data-apply]")?.focus();
  }

  focused(row) {
    this.hadFocus = Boolean(row);
    if (!row) return;
    this.at = row.id;
    for (const other of this.rows) other.tabIndex = other === row ? 0 : -1;
    if (this.source) this.aim(row);
    else if (wide()) this.follow(row);
  }

  /** Show the details of the row the focus rests on. */
  follow(row) {
    clearTimeout(this.following);
    if (!row.dataset.row || chosen(row)) return;
    this.following = setTimeout(() => this.open(row), FOLLOW_MS);
  }

  open(row) {
    this.mark((other) => other === row);
    const url = row.querySelector("a[hx-get]").getAttribute("hx-get");
    return this.request("GET", url, "#board-detail");
  }

  mark(isChosen) {
    for (const row of this.rows) {
      if (row.dataset.row) row.setAttribute("aria-selected", String(isChosen(row)));
    }
  }

  /**
   * Ask the server from this element: it outlives every piece that an answer replaces, and its
   * `hx-sync` keeps all requests of the board in line, so that no answer overtakes a write.
   */
  request(verb, url, target, values = {}) {
    return window.htmx.ajax(verb, url, { source: this, target, values });
  }

  write(url, values) {
    const { version } = this.querySelector("#board-tools").dataset;
    return this.request("POST", url, "#board-detail", { version, ...values });
  }

  click(event) {
    const go = event.target.closest("[data-go]");
    const row = event.target.closest(".row[tabindex]");
    const key = event.target.closest("button[data-key='s']");
    if (event.target.closest("[data-cancel]")) {
      event.preventDefault();
      this.end();
    } else if (key) {
      this.begin(this.querySelector(".row[aria-selected='true']"));
    } else if (go && document.getElementById(go.dataset.go)) {
      event.preventDefault();
      this.move(document.getElementById(go.dataset.go));
    } else if (row && event.target.closest("a[hx-get]")) {
      clearTimeout(this.following); // the link loads the details itself; twice would lose an answer
      this.mark((other) => other === row);
    } else if (row && !event.target.closest("a, button")) {
      row.focus();
      if (!wide()) row.querySelector("a[hx-get]")?.click();
    }
  }

  /** Say with each pair asked for how old this board is, so that nobody acts on an old list. */
  dated({ verb, target, parameters }) {
    if (verb === "get" && target?.id === "board-detail") {
      parameters.version = this.querySelector("#board-tools").dataset.version;
    }
  }

  move(row) {
    row?.scrollIntoView({ block: "nearest" });
    row?.focus({ preventScroll: true });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.source) return this.stop(event, () => this.end());
    const row = event.target.closest(".row[tabindex]");
    if (event.key === "Escape" && !row) return this.stop(event, () => this.back());
    if (event.target.matches("input, select, textarea")) return;
    const rows = this.rows;
    const index = rows.indexOf(row ?? rows.find((other) => other.tabIndex === 0));
    const page = 10;
    const to = !this.at && /^[jk]$/.test(event.key) ? index : {
      j: index + 1, ArrowDown: index + 1, k: index - 1, ArrowUp: index - 1,
      PageDown: index + page, PageUp: index - page, Home: 0, End: rows.length - 1,
    }[event.key];
    if (to !== undefined && (row || event.key.length === 1)) {
      this.stop(event, () => this.move(rows[Math.max(0, Math.min(rows.length - 1, to))]));
    } else if (event.key === "Enter" && row) {
      this.stop(event, () => (this.source ? this.apply() : this.enter(row)));
    } else if (event.key === "s" && row) {
      this.stop(event, () => this.begin(row));
    } else if (/^[lf]$/.test(event.key) && row?.dataset.row) {
      this.stop(event, () => this.act(row, event.key));
    } else if (/^[uU?/]$/.test(event.key)) {
      const control = this.querySelector(`[data-key="${event.key}"]`);
      this.stop(event, () => (control?.matches("input") ? control.focus() : control?.click()));
    }
  }

  stop(event, act) {
    event.preventDefault();
    act();
  }

  /** To the beginning of something long; focus alone would show its middle. */
  goTo(part) {
    part.focus({ preventScroll: true });
    part.scrollIntoView({ block: "start" });
  }

  back() {
    this.move(this.rows.find((row) => row.tabIndex === 0));
  }

  async enter(row) {
    clearTimeout(this.following);
    if (!row.dataset.row) return;
    if (!this.shows(row)) await this.open(row);
    this.querySelector("#board-detail").focus();
  }

  shows(row) {
    return this.querySelector("#board-detail [data-pair]")?.dataset.pair === row.dataset.row;
  }

  /** Keep a pair or let it go; "not together" shows its effect first. */
  act(row, key) {
    clearTimeout(this.following);
    if (!row.id.startsWith("pair-")) return;
    const pair = row.dataset.row;
    if (key === "f") return this.preview(pair, "forbid");
    this.write(this.dataset.act, { pair, act: row.classList.contains("locked") ? "unlock" : "lock" });
  }

  begin(row) {
    if (!row?.dataset.row) return;
    this.end();
    clearTimeout(this.following);
    this.source = row;
    row.classList.add("source");
    this.classList.add("swapping");
    this.say.textContent = this.dataset.swapText.replace("{name}", row.dataset.name);
    if (document.activeElement !== row) row.focus();
  }

  /** Show what would happen if the mentee came here. */
  aim(row) {
    clearTimeout(this.aiming);
    this.target?.classList.remove("target");
    this.target = row && row !== this.source && row.dataset.drop ? row : null;
    if (!this.target) return this.panel.replaceChildren();
    this.target.classList.add("target");
    this.panel.classList.toggle("stale", !this.isSeen);
    this.isAsked = false;
    this.aiming = setTimeout(() => this.aimed(), PREVIEW_MS);
  }

  /** Load the preview of the present aim. */
  aimed() {
    return this.preview(this.source.dataset.row, this.target.dataset.drop);
  }

  preview(mentee, to) {
    const query = new URLSearchParams({ mentee, to });
    return this.request("GET", `${this.dataset.preview}?${query}`, "#board-preview");
  }

  /** Is the preview of this source and target on the screen? */
  get isSeen() {
    const { mentee, to } = this.panel.querySelector(".preview")?.dataset ?? {};
    return Boolean(to) && mentee === this.source?.dataset.row && to === this.target?.dataset.drop;
  }

  /** Do it, but never before its effect was on the screen: then only show it. */
  apply() {
    if (!this.target) return;
    clearTimeout(this.aiming);
    if (!this.isSeen) {
      this.isAsked = true; // the next preview takes the focus to its button
      return this.aimed();
    }
    const form = this.panel.querySelector("form:has([data-apply])");
    if (!form) return;
    const { source } = this;
    const values = Object.fromEntries(new FormData(form));
    this.end();
    source.focus({ preventScroll: true }); // htmx keeps the focus on a row that it replaces
    clearTimeout(this.following);
    this.write(this.dataset.move, values);
  }

  drop(row) {
    if (!row || row === this.source) return this.end();
    if (row !== this.target) this.aim(row);
    this.apply();
  }

  end() {
    clearTimeout(this.aiming);
    this.source?.classList.remove("source");
    this.target?.classList.remove("target");
    this.source = this.target = null;
    this.classList.remove("swapping");
    if (this.panel.querySelector(".htmx-request")) return; // its answer still needs it
    if (this.panel.contains(document.activeElement)) this.back();
    this.panel.replaceChildren();
    if (this.say) this.say.textContent = "";
  }
}

const wide = () => matchMedia("(width >= 64rem)").matches;
const chosen = (row) => row.getAttribute("aria-selected") === "true";
customElements.define("tw-board", Board);
