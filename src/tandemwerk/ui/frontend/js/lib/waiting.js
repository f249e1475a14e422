// What waits in this browser to be sent, in IndexedDB: forms and steps of notes.
// An entry: { key, person, url, fields: [[name, value], …], label, words, at, refused }.
// `key` is the form's client_id, or "note:<address>", so that a newer state replaces an older one.
const NAME = "tandemwerk-waiting";
const STORE = "waiting";
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run(mode, act) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

function tell() {
  document.dispatchEvent(new CustomEvent("tw:waiting"));
}

/** Everything that waits, the oldest first. */
export async function waiting() {
  const found = await run("readonly", (store) => store.getAll());
  return found.sort((a, b) => a.at - b.at);
}

export function waitingFor(key) {
  return run("readonly", (store) => store.get(key));
}

export async function keep(entry) {
  await run("readwrite", (store) => store.put(entry));
  tell();
}

export async function drop(key) {
  await run("readwrite", (store) => store.delete(key));
  tell();
}

/** Forget everything, in every tab. */
export async function wipe() {
  await run("readwrite", (store) => store.clear());
  tell();
}

/** A random id; `crypto.randomUUID` is missing where a page came without https. */
export function randomId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Send fields as the page would; the token is the page's own, as the kept one may be too old. */
export function post(url, fields, options = {}) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  body.set("csrfmiddlewaretoken", token);
  const signal = AbortSignal.timeout(20_000);
  return fetch(url, { method: "POST", body, signal, credentials: "same-origin", ...options });
}

/** Why an answer refused something, in the server's words. */
export async function reasonOf(response) {
  const text = await response.text();
  const parsed = new DOMParser().parseFromString(text.slice(0, 20_000), "text/html");
  return parsed.querySelector("[data-toast]")?.textContent.trim() ?? "";
}
