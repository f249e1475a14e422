// Binds a text field to a Y.Text: what is typed becomes the smallest change, what others wrote
// appears without moving the caret away from its words.

/** The one change that turns `before` into `after`: { at, gone, text }. Keeps emoji whole. */
export function change(before, after) {
  let at = 0;
  const most = Math.min(before.length, after.length);
  while (at < most && before[at] === after[at]) at += 1;
  if (isHigh(before, at - 1)) at -= 1;
  let tail = 0;
  while (tail < most - at && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (tail > 0 && isLow(before, before.length - tail)) tail -= 1;
  return { at, gone: before.length - tail - at, text: after.slice(at, after.length - tail) };
}

function isHigh(text, at) {
  return at >= 0 && text.charCodeAt(at) >= 0xd800 && text.charCodeAt(at) <= 0xdbff;
}

function isLow(text, at) {
  return text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;
}

/** Where a caret is after a change that somebody else made; `delta` as Yjs tells it. */
export function moved(caret, delta) {
  let at = 0;
  let place = caret;
  for (const part of delta) {
    if (part.retain) at += part.retain;
    else if (part.insert) {
      if (at < place) place += part.insert.length;
      at += part.insert.length;
    } else if (part.delete) place -= Math.max(0, Math.min(part.delete, place - at));
  }
  return place;
}

export class SharedText {
  /** `field`: input or textarea; `text`: Y.Text. Changes of the field carry this as origin. */
  constructor(field, text) {
    this.field = field;
    this.text = text;
    this.isComposing = false;
    field.value = text.toString();
    field.addEventListener("input", () => { if (!this.isComposing) this.take(); });
    field.addEventListener("compositionstart", () => { this.isComposing = true; });
    field.addEventListener("compositionend", () => { this.isComposing = false; this.take(); });
    text.observe((event, transaction) => { if (transaction.origin !== this) this.show(event.delta); });
  }

  take() {
    const { at, gone, text } = change(this.text.toString(), this.field.value);
    this.text.doc.transact(() => {
      if (gone) this.text.delete(at, gone);
      if (text) this.text.insert(at, text);
    }, this);
  }

  show(delta) {
    const { field } = this;
    const hasFocus = document.activeElement === field;
    const { selectionStart, selectionEnd, scrollTop } = field;
    field.value = this.text.toString();
    if (hasFocus) field.setSelectionRange(moved(selectionStart, delta), moved(selectionEnd, delta));
    field.scrollTop = scrollTop;
  }
}
