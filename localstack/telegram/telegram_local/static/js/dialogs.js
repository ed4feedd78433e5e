// Toasts, alerts and other dialogs.

import { el } from "./dom.js";

/** A line that fades after a few seconds, or where the next one comes: Telegram shows one at a time. */
export function toast(text) {
  const line = el("div.toast", {}, text);
  document.getElementById("toasts").replaceChildren(line);
  setTimeout(() => line.remove(), 3500);
}

/** Show an error. */
export const complain = (error) => toast(error.message);

/**
 * A dialog with buttons [{id, text, kind?: "primary" | "destructive"}]; resolves to the id of the pressed one, or
 * undefined if it was closed otherwise.
 */
export function ask({ title = "", message = "", buttons, body }) {
  return new Promise((resolve) => {
    const dialog = el("dialog.dialog", { "aria-label": title || message || "Choose" });
    let answer;
    const row = el("div.dialog-buttons");
    for (const button of buttons) {
      const press = () => {
        answer = button.id;
        dialog.close();
      };
      row.append(el(`button.dialog-button.${button.kind ?? "plain"}`, { type: "button", onclick: press }, button.text));
    }
    dialog.append(
      ...[title && el("h2", {}, title), message && el("p", {}, message), body, row].filter(Boolean),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A message with an OK button. */
export const alertBox = (message) => ask({ message, buttons: [{ id: "ok", text: "OK", kind: "primary" }] });

/** A dialog that its content closes: `fill(close)` returns the content. */
export function openWindow(title, fill) {
  const dialog = el("dialog.dialog.window", { "aria-label": title });
  const close = () => dialog.close();
  dialog.append(el("h2", {}, title), fill(close));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  return close;
}
