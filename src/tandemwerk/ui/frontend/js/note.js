// Writing a note together: only loaded on the page where one writes.
import * as Y from "yjs";
import { SharedText } from "./lib/shared-text.js";
import { drop, keep, post, randomId, reasonOf, waitingFor } from "./lib/waiting.js";

const PULL_MS = 3000;
const TYPING_MS = 500;
const KEEP_MS = 200;
const SERVER = "server";

/**
 * <tw-note data-steps data-seq> around the form of a note.
 * The form brings the whole document in its field `base`. What is typed is kept in this browser at
 * once and sent soon after; what others wrote is fetched every few seconds while the page is seen.
 */
class Note extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    this.key = `note:${this.dataset.steps}`;
    this.seq = Number(this.dataset.seq);
    this.doc = new Y.Doc();
    this.known = new Y.Doc(); // what the server has, as far as this page has heard
    const base = bytes(this.form.elements.base.value);
    for (const doc of [this.known, this.doc]) Y.applyUpdate(doc, base, SERVER);
    const fields = ["title", "text"].map((name) => new SharedText(this.form.elements[name], this.doc.getText(name)));
    this.fields = fields;
    this.undo = new Y.UndoManager(fields.map((field) => field.text), { trackedOrigins: new Set(fields) });
    this.doc.on("update", (_update, origin) => { if (origin !== SERVER) this.changed(); });
    this.listen();
    this.begin();
  }

  disconnectedCallback() {
    this.stop?.abort();
    clearInterval(this.puller);
  }

  listen() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    const now = () => { if (!document.hidden) this.sync(); };
    for (const name of ["online", "focus"]) window.addEventListener(name, now, { signal });
    document.addEventListener("visibilitychange", now, { signal });
    this.form.addEventListener("keydown", (event) => this.undone(event), { signal });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.leave(); }, { signal });
    document.querySelector("[data-leave]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.leave();
    }, { signal });
    this.puller = setInterval(now, PULL_MS);
  }

  /** Take up what this browser has kept since last time. */
  async begin() {
    try {
      const entry = await waitingFor(this.key);
      if (entry && entry.person === this.person) {
        Y.applyUpdate(this.doc, bytes(entry.fields.find(([name]) => name === "step")[1].split(":")[1]));
      }
    } catch {
      this.cannotKeep = true;
    }
    await this.sync();
  }

  /** Has the server confirmed everything that was written here? */
  get isSaved() {
    return !this.isChanged && !this.syncing;
  }

  get isComposing() {
    return this.fields.some((field) => field.isComposing);
  }

  composed() {
    return new Promise((resolve) => {
      this.form.addEventListener("compositionend", resolve, { once: true });
    });
  }

  get person() {
    return document.querySelector("tw-outbox")?.dataset.person ?? "";
  }

  undone(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) this.undo.redo();
    else this.undo.undo();
  }

  changed() {
    this.isChanged = true;
    this.isRefused = false;
    this.stepId = null;
    this.say(this.dataset.saving);
    clearTimeout(this.keeper);
    this.keeper = setTimeout(() => this.keepHere(), KEEP_MS);
    clearTimeout(this.sender);
    this.sender = setTimeout(() => this.sync(), TYPING_MS);
  }

  /** Everything the server may not have yet, as one step; the same id while nothing is added. */
  step() {
    this.stepId ??= randomId();
    const update = Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.known));
    return `${this.stepId}:${base64(update)}`;
  }

  async keepHere() {
    if (this.isSaved || this.cannotKeep) return;
    try {
      await keep({
        key: this.key, person: this.person, url: this.dataset.steps, label: this.dataset.label,
        fields: [["after", String(this.seq)], ["step", this.step()]],
        words: this.doc.getText("text").toString().slice(0, 120), at: Date.now(), refused: "",
      });
      if (this.isSaved) await drop(this.key);
    } catch {
      this.cannotKeep = true;
      this.say(this.dataset.unkept, "polite");
    }
  }

  /** Send what is new, fetch what is new. One at a time; returns whether everything is saved. */
  async sync() {
    if (this.isOver || this.isComposing) return !this.isChanged;
    if (!navigator.onLine) return this.notSent("", this.dataset.kept);
    if (this.syncing) {
      await this.syncing;
      return this.isChanged ? this.sync() : true;
    }
    this.syncing = this.exchange();
    try {
      return await this.syncing;
    } finally {
      this.syncing = null;
    }
  }

  async exchange() {
    const sending = this.isChanged && !this.isRefused ? this.step() : "";
    if (sending) this.isChanged = false;
    const fields = [["after", String(this.seq)], ...(sending ? [["step", sending]] : [])];
    let response;
    try {
      response = await post(this.dataset.steps, fields, { headers: { "HX-Request": "true" } });
      if (response.ok) return await this.take(await response.json(), sending);
    } catch {
      return this.notSent(sending, this.dataset.kept);
    }
    if (response.status === 404) return this.over(sending, this.dataset.lost);
    if (response.status === 401 || response.status === 403) return this.notSent(sending, this.dataset.signedOut);
    if (response.status !== 409) return this.notSent(sending, this.dataset.kept);
    this.isRefused = true; // until something else is written
    return this.notSent(sending, await reasonOf(response));
  }

  async take(answer, sending) {
    while (this.isComposing) await this.composed();
    this.stepId = null;
    if (sending) Y.applyUpdate(this.known, bytes(sending.split(":")[1]), SERVER);
    for (const text of answer.steps) {
      const step = bytes(text);
      Y.applyUpdate(this.known, step, SERVER);
      Y.applyUpdate(this.doc, step, SERVER);
    }
    if (answer.seq < this.seq) { // the server was brought back from a backup: tell it everything
      this.known = new Y.Doc();
      this.isChanged = true;
    }
    this.seq = answer.seq;
    if (this.isChanged) return false;
    if (sending) {
      this.say(this.dataset.saved);
      if (!this.cannotKeep) await drop(this.key);
    } else if (this.isOffline) this.say(this.dataset.saved, "polite");
    this.isOffline = false;
    return true;
  }

  notSent(sending, text) {
    if (sending) this.isChanged = true;
    this.isOffline = true;
    this.say(this.cannotKeep ? this.dataset.unkept : text, "polite");
    return !this.isChanged;
  }

  over(sending, text) {
    this.isOver = true;
    return this.notSent(sending, text);
  }

  async leave() {
    clearTimeout(this.keeper);
    await this.keepHere();
    if (await this.sync()) location.assign(this.dataset.read);
  }

  /** Speak only of what is unusual, not of every word that was saved. */
  say(text, live = "off") {
    if (this.status.textContent === text) return;
    this.status.setAttribute("aria-live", live);
    this.status.textContent = text;
  }
}

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function base64(data) {
  let text = "";
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
  return btoa(text);
}
customElements.define("tw-note", Note);
