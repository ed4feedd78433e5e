// Inline keyboards below messages.

import { act } from "./api.js";
import { alertBox, complain, toast } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { launchApp } from "./launch.js";
import { openLink } from "./links.js";
import { emit } from "./page_events.js";
import { shareInline } from "./share.js";
import { on, store } from "./store.js";

const WAIT_MS = 20_000;
const waiting = new Map();
const early = new Set(); // answered before the page knew the query's id

on("toast", (event) => {
  if (waiting.has(event.query_id)) waiting.get(event.query_id)();
  else early.add(event.query_id);
  if (event.url) openLink(event.url);
  if (!event.text) return;
  if (event.alert) alertBox(event.text);
  else toast(event.text);
});

/** The keyboard of a message. */
export function inlineKeyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const keyboard = el("div.inline-keyboard");
  rows.forEach((buttons, row) => {
    const line = el("div.inline-row");
    buttons.forEach((button, column) => line.append(inlineButton(message, button, row, column)));
    keyboard.append(line);
  });
  return keyboard;
}

function inlineButton(message, button, row, column) {
  const [mark, press] = behaviour(message, button, row, column);
  const element = el("button.inline-button", { type: "button" }, el("span", {}, button.text), mark && icon(mark));
  element.addEventListener("click", () => press(element));
  if (button.callback_data && isWaiting(message, row, column)) element.classList.add("waiting");
  return element;
}

function behaviour(message, button, row, column) {
  if (button.callback_data) return [null, () => pressCallback(message, row, column)];
  if (button.url) return ["link", () => openLink(button.url)];
  if (button.web_app) return ["app", () => launchApp({ kind: "button", url: button.web_app.url, title: button.text })];
  if (button.copy_text) return ["copy", () => copy(button.copy_text.text)];
  if (button.switch_inline_query_current_chat != null) {
    const text = `@${store.bot.username} ${button.switch_inline_query_current_chat}`;
    return ["share", () => emit("fill-input", text)];
  }
  if (button.switch_inline_query_chosen_chat) {
    const choice = button.switch_inline_query_chosen_chat;
    const kinds = ["user", "bot", "group"].filter((kind) => choice[`allow_${kind}_chats`]);
    return ["share", () => shareInline(choice.query ?? "", kinds.length ? kinds : undefined)];
  }
  if (button.switch_inline_query != null) return ["share", () => shareInline(button.switch_inline_query)];
  return [null, () => toast("The local Telegram does not support this button")];
}

const places = new Map();
const placeOf = (message, row, column) => `${message.chat.id}/${message.message_id}/${row}/${column}`;
const isWaiting = (message, row, column) => (places.get(placeOf(message, row, column)) ?? 0) > 0;

async function pressCallback(message, row, column) {
  const place = placeOf(message, row, column);
  const show = (change) => {
    places.set(place, (places.get(place) ?? 0) + change);
    const line = document.querySelector(`#message-${message.message_id} .inline-row:nth-child(${row + 1})`);
    line?.children[column]?.classList.toggle("waiting", isWaiting(message, row, column));
  };
  show(1);
  const given = { user: store.user.id, chat: message.chat.id, message_id: message.message_id, row, column };
  try {
    const { query_id } = await act("press", given);
    if (early.delete(query_id)) return show(-1);
    const timer = setTimeout(() => waiting.get(query_id)?.(), WAIT_MS);
    waiting.set(query_id, () => {
      clearTimeout(timer);
      waiting.delete(query_id);
      show(-1);
    });
  } catch (error) {
    show(-1);
    complain(error);
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Text copied to clipboard");
  } catch {
    toast(`Copy it yourself: ${text}`);
  }
}
