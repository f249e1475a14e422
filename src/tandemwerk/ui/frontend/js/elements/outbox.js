import { drop, keep, post, randomId, reasonOf, waiting, wipe } from "../lib/waiting.js";

const RETRY_MS = 30_000;
const GONE = [401, 403, 408, 429]; // sign in again, or later: nothing is wrong with the entry
const SILENT = new Set(["csrfmiddlewaretoken", "client_id"]);

/**
 * <tw-outbox data-person>: forms with `data-offline` are kept when there is no connection.
 * Such a form is sent in the background first. Once the server has it, it is sent again as usual:
 * its client_id makes the second time harmless, and page and messages come as without script.
 * Without a connection it stays in this browser until the same person is online again.
 */
class Outbox extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-drop]");
      if (button) drop(button.closest("li").dataset.key);
    });
    document.addEventListener("submit", this);
    document.addEventListener("tw:waiting", this);
    document.addEventListener("visibilitychange", this);
    window.addEventListener("online", this);
    this.timer = setInterval(() => this.flush(), RETRY_MS);
    this.begin();
  }

  disconnectedCallback() {
    document.removeEventListener("submit", this);
    document.removeEventListener("tw:waiting", this);
    document.removeEventListener("visibilitychange", this);
    window.removeEventListener("online", this);
    clearInterval(this.timer);
  }

  handleEvent(event) {
    if (event.type === "submit") this.caught(event);
    else if (event.type === "tw:waiting") this.show();
    else if (!document.hidden) this.flush();
  }

  /** What another person left in this browser is not for who is signed in now. */
  async begin() {
    try {
      const found = await waiting();
      if (found.some((entry) => entry.person !== this.dataset.person)) await wipe();
      await this.show();
      await this.flush();
    } catch {
      this.hidden = true; // a browser without a store: forms work as without this element
    }
  }

  caught(event) {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (/\/accounts\/logout\/$/.test(form.action)) {
      if (this.count === 0) return; // nothing to send and nothing to forget: out at once
      event.preventDefault();
      this.leave(form);
    } else if (form.matches("form[data-offline]") && form.elements.client_id) {
      event.preventDefault();
      if (!form.dataset.busy) this.send(form, event.submitter);
    }
  }

  async send(form, submitter) {
    form.dataset.busy = "1";
    const fields = [...new FormData(form, submitter)].filter(([, value]) => typeof value === "string");
    try {
      await post(form.action, fields, { redirect: "manual" });
    } catch {
      await this.hold(form, fields);
      return;
    } finally {
      delete form.dataset.busy;
    }
    if (submitter?.name) form.append(hidden(submitter.name, submitter.value));
    HTMLFormElement.prototype.submit.call(form);
  }

  async hold(form, fields) {
    const words = fields.filter(([name]) => !SILENT.has(name)).map(([, value]) => value);
    const entry = {
      key: form.elements.client_id.value,
      person: this.dataset.person,
      url: form.action,
      fields,
      label: form.dataset.offline || document.querySelector("h1")?.textContent.trim() || "",
      words: words.find((value) => /\p{L}{2}/u.test(value))?.slice(0, 120) ?? "",
      at: Date.now(),
      refused: "",
    };
    try {
      await keep(entry);
    } catch {
      return this.say(this.dataset.unkept, "error");
    }
    this.say(this.dataset.kept, "warning");
    form.reset();
    form.elements.client_id.value = randomId();
  }

  /** Send what waits, in its order; stop where the connection or the session ends. */
  async flush() {
    if (this.busy || !navigator.onLine) return;
    this.busy = true;
    const open = document.querySelector("tw-note")?.key; // it sends its own steps
    let sent = 0;
    try {
      for (const entry of await waiting()) {
        if (entry.refused || entry.key === open) continue;
        const response = await post(entry.url, entry.fields, { headers: { "HX-Request": "true" } });
        if (!response.ok && !response.redirected) {
          if (GONE.includes(response.status) || response.status >= 500) break;
          await keep({ ...entry, refused: (await reasonOf(response)) || this.dataset.refused });
          this.say(this.dataset.refused, "error");
          continue;
        }
        await drop(entry.key);
        sent += 1;
      }
    } catch {
      // still no connection; the next try comes by itself
    } finally {
      this.busy = false;
    }
    if (sent) this.say(this.dataset.sent, "success", true);
  }

  /** Log out: send what can be sent, then leave nothing behind. */
  async leave(form) {
    const patience = new Promise((resolve) => { setTimeout(resolve, 4000); });
    try {
      await Promise.race([this.flush(), patience]);
      await wipe();
    } catch {
      // nothing was kept
    }
    HTMLFormElement.prototype.submit.call(form);
  }

  async show() {
    const found = (await waiting()).filter((entry) => entry.person === this.dataset.person);
    const list = this.querySelector("[data-list]");
    const template = this.querySelector("template").content.firstElementChild;
    this.count = found.length;
    this.hidden = this.count === 0;
    this.querySelector("[data-count]").textContent = String(this.count);
    list.replaceChildren(...found.map((entry) => {
      const item = template.cloneNode(true);
      item.dataset.key = entry.key;
      item.querySelector("[data-what]").textContent = entry.label;
      item.querySelector("[data-words]").textContent = entry.words;
      item.querySelector("[data-why]").textContent = entry.refused;
      return item;
    }));
  }

  say(text, level, mayReload = false) {
    document.querySelector("tw-toasts")?.say(text, level, mayReload);
  }
}

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}
customElements.define("tw-outbox", Outbox);
