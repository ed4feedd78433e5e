// Below the messages: START, the input with its menus, reply keyboards, inline results.

import { act } from "./api.js";
import { complain } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { launchApp } from "./launch.js";
import { onRequest } from "./page_events.js";
import { sendText, start } from "./sending.js";
import { chat, messagesOf, on, store } from "./store.js";

const place = document.getElementById("composer");
const drafts = new Map();
let shownFor = "";
let input;
let popup;
let inlineTimer;
let inlineQueryId = "";
let keyboardFolded = false;

/** Show what belongs below the chat. Keeps the input unless something changed. */
export function showComposer() {
  const view = chat();
  const fresh = view.type === "private" && !messagesOf(view.id).length;
  const what = JSON.stringify([store.user.id, view.id, fresh, view.keyboard, view.commands, view.menu_button, store.user.blocked]);
  if (what === shownFor) return;
  shownFor = what;
  if (fresh) return place.replaceChildren(bigButton("START", () => start(store.pendingStart ?? "").then(() => delete store.pendingStart)));
  if (view.type === "private" && store.user.blocked) {
    return place.replaceChildren(bigButton("RESTART", () => act("block", { user: store.user.id, blocked: false }).then(() => start())));
  }
  popup = el("div.popup", { hidden: true });
  const keyboard = view.keyboard;
  place.replaceChildren(popup, ...[replyBar(keyboard), row(view), replyKeyboard(keyboard)].filter(Boolean));
  if (keyboard?.force_reply) input.focus();
}

function bigButton(text, press) {
  return el("button.start", { type: "button", onclick: press }, text);
}

function row(view) {
  const placeholder = view.keyboard?.input_field_placeholder ?? "Message";
  input = el("textarea", { rows: 1, placeholder, "aria-label": placeholder, id: "input", maxlength: 4096 });
  input.value = drafts.get(view.id) ?? "";
  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape") hidePopup();
  });
  const keys = view.keyboard?.keyboard && iconButton("keyboard", "Keyboard", toggleKeyboard);
  const commands = view.commands.length > 0 && iconButton("slash", "Commands", () => togglePopup(commandList("")));
  const box = el("div.input-box", {}, menuButton(view), input, commands, keys);
  const send = el("button.send", { type: "button", "aria-label": "Send", onclick: submit }, icon("send"));
  requestAnimationFrame(grow);
  return el("div.composer-row", {}, box, send);
}

function menuButton(view) {
  const button = view.menu_button;
  if (button?.type === "web_app") {
    const open = () => launchApp({ kind: "menu", url: button.web_app.url, title: button.text });
    return el("button.menu-button", { type: "button", onclick: open }, icon("app"), button.text);
  }
  if (view.type !== "private" || !view.commands.length) return null;
  return el("button.menu-button", { type: "button", onclick: () => togglePopup(commandList("")) }, icon("menu"), "Menu");
}

const iconButton = (name, label, press) => el("button.icon-button", { type: "button", "aria-label": label, onclick: press }, icon(name));

function replyBar(keyboard) {
  if (!keyboard?.force_reply) return null;
  const original = store.messages[chat().id]?.get(keyboard.message_id);
  return el("div.reply-bar", {}, el("b", {}, `Reply to ${store.bot.name}`), el("span", {}, original?.text ?? ""));
}

function replyKeyboard(keyboard) {
  if (!keyboard?.keyboard) return null;
  const panel = el("div.reply-keyboard", { hidden: keyboardFolded });
  for (const buttons of keyboard.keyboard) {
    const line = el("div.inline-row");
    for (const button of buttons) {
      const press = () =>
        button.web_app ? launchApp({ kind: "keyboard", url: button.web_app.url, title: button.text }) : sendText(button.text);
      line.append(el("button.reply-button", { type: "button", onclick: press }, button.text));
    }
    panel.append(line);
  }
  return panel;
}

function toggleKeyboard() {
  keyboardFolded = !keyboardFolded;
  place.querySelector(".reply-keyboard").hidden = keyboardFolded;
}

function submit() {
  const text = input.value;
  if (!text.trim()) return;
  input.value = "";
  typed();
  const keyboard = chat().keyboard;
  sendText(text, keyboard?.force_reply ? keyboard.message_id : 0);
}

function typed() {
  grow();
  drafts.set(chat().id, input.value);
  clearTimeout(inlineTimer);
  const text = input.value;
  const mention = `@${store.bot.username} `;
  if (/^\/\w*$/.test(text)) showPopup(commandList(text.slice(1)));
  else if (text.toLowerCase().startsWith(mention.toLowerCase())) {
    inlineTimer = setTimeout(() => askInline(text.slice(mention.length)), 250);
  } else hidePopup();
}

function grow() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
}

function commandList(beginning) {
  const found = chat().commands.filter((command) => command.command.startsWith(beginning));
  const list = el("div.commands", { role: "listbox", "aria-label": "Commands" });
  for (const { command, description } of found) {
    const name = chat().type === "private" ? `/${command}` : `/${command}@${store.bot.username}`;
    const pick = () => {
      hidePopup();
      input.value = "";
      sendText(name);
    };
    list.append(el("button", { type: "button", role: "option", onclick: pick }, el("b", {}, `/${command}`), el("span.hint", {}, description)));
  }
  return found.length ? list : null;
}

async function askInline(query) {
  const asked = await act("inline", { user: store.user.id, chat: chat().id, query }).catch(complain);
  inlineQueryId = asked?.query_id ?? "";
}

on("inline", (event) => {
  if (!input?.value.startsWith("@")) return;
  const list = el("div.results", { role: "listbox", "aria-label": "Inline results" });
  if (event.button) {
    const press = () => (event.button.web_app ? launchApp({ kind: "inline_mode", url: event.button.web_app.url }) : start(event.button.start_parameter));
    list.append(el("button.results-button", { type: "button", onclick: press }, event.button.text));
  }
  for (const result of event.results) {
    const pick = () => {
      hidePopup();
      input.value = "";
      drafts.delete(chat().id);
      act("choose", { user: store.user.id, chat: chat().id, query_id: event.query_id, result_id: result.id }).catch(complain);
    };
    list.append(
      el("button", { type: "button", role: "option", onclick: pick }, el("b", {}, result.title ?? result.type), el("span.hint", {}, result.description ?? result.message.text)),
    );
  }
  if (list.children.length && (!inlineQueryId || inlineQueryId <= event.query_id)) showPopup(list);
  else if (!list.children.length) hidePopup();
});

function showPopup(content) {
  if (!content) return hidePopup();
  popup.replaceChildren(content);
  popup.hidden = false;
}

function hidePopup() {
  if (popup) popup.hidden = true;
}

function togglePopup(content) {
  if (popup.hidden) showPopup(content);
  else hidePopup();
}

onRequest("fill-input", (text) => {
  if (!input) return;
  input.value = text;
  input.focus();
  typed();
});
on("keyboard", showComposer);
on("message", showComposer);
