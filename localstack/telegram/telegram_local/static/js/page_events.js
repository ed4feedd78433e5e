// Requests between parts of the page that must not import each other: the import graph has no cycles.
// "fill-input" (text), "open-link" (address) and "open-telegram-link" (URL).

const target = new EventTarget();

/** Publish a request; its listeners run before this returns. */
export function emit(kind, detail) {
  target.dispatchEvent(new CustomEvent(kind, { detail }));
}

/** Listen for a kind of request. */
export function onRequest(kind, listener) {
  target.addEventListener(kind, (event) => listener(event.detail));
}
