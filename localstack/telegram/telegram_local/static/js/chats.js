// The list of chats, and the header of the current one.

import { act } from "./api.js";
import { ask, complain, toast } from "./dialogs.js";
import { avatar, el, icon, openMenu } from "./dom.js";
import { launchApp } from "./launch.js";
import { newGroup } from "./links.js";
import { fullName } from "./people.js";
import { start } from "./sending.js";
import { chat, on, openChat, store } from "./store.js";

const byId = (id) => document.getElementById(id);
const typing = new Map();

/** Show list and head. */
export function showChats() {
  avatar(byId("me-avatar"), fullName(store.user), store.user.id, "small");
  byId("me-name").textContent = fullName(store.user);
  byId("me-detail").textContent = `${store.user.language_code} · change`;
  showList();
  const view = chat();
  avatar(byId("chat-avatar"), titleOf(view), view.type === "private" ? store.bot.id : view.id);
  byId("chat-name").textContent = titleOf(view);
  document.title = `${titleOf(view)} – Local Telegram`;
  showDetail();
}

const titleOf = (view) => (view.type === "private" ? store.bot.name : view.title);

function showDetail() {
  const view = chat();
  const kinds = { private: "bot", dialog: "person", group: `${view.members} members`, supergroup: `${view.members} members` };
  const acting = typing.get(view.id);
  byId("chat-detail").textContent = acting ?? kinds[view.type];
  byId("chat-detail").classList.toggle("typing", Boolean(acting));
}

function entry(view) {
  const open = () => {
    openChat(view.id);
    byId("page").classList.add("in-chat");
  };
  const when = view.date && new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(view.date * 1000);
  return el(
    "button.chat-entry",
    { type: "button", onclick: open, "aria-current": view.id === store.chatId ? "true" : false },
    avatar(el("span", { "aria-hidden": "true" }), titleOf(view), view.type === "private" ? store.bot.id : view.id),
    el("span.chat-entry-text", {}, el("span.line", {}, el("b", {}, titleOf(view)), el("time.hint", {}, when || "")), el("span.preview.hint", {}, view.preview || "No messages yet")),
  );
}

on("action", (event) => {
  clearTimeout(typing.get(`timer${event.chat_id}`));
  typing.set(event.chat_id, event.action === "typing" ? "typing…" : `${event.action.replaceAll("_", " ")}…`);
  typing.set(`timer${event.chat_id}`, setTimeout(() => stopTyping(event.chat_id), 5000));
  showDetail();
});
const showList = () => byId("chat-list").replaceChildren(...store.chats.map(entry));
on("edit", showList);
on("message", (event) => {
  stopTyping(event.chat_id);
  showList();
});

function stopTyping(chatId) {
  typing.delete(chatId);
  if (chatId === chat().id) showDetail();
}

/** The menus at the head of the page. */
export function prepareHead() {
  byId("back").append(icon("back"));
  byId("back").addEventListener("click", () => byId("page").classList.remove("in-chat"));
  for (const id of ["tools", "chat-menu"]) byId(id).append(icon("more"));
  byId("tools").addEventListener("click", () =>
    openMenu(byId("tools"), [
      { text: "New group with the bot", act: newGroup },
      store.bot.main_app && { text: "Open the Mini App", act: () => launchApp({ kind: "main" }) },
      { text: "Statistics", act: () => window.open("stats", "_blank", "noopener") },
    ]),
  );
  byId("chat-menu").addEventListener("click", () => openMenu(byId("chat-menu"), choices(chat())));
}

function choices(view) {
  const given = { user: store.user.id, chat: view.id };
  const perform = (action, more = {}) => () => act(action, { ...given, ...more }).catch(complain);
  if (view.type === "private") {
    return [
      store.user.blocked ? { text: "Unblock bot", act: perform("block", { blocked: false }) } : { text: "Stop and block bot", act: perform("block") },
      { text: "Restart bot", act: () => start() },
      { text: "Delete chat", act: () => reallyDelete(given) },
    ];
  }
  if (view.type === "group") {
    const upgrade = async () => {
      const made = await act("migrate", given).catch(complain);
      if (made) openChat(made.id);
    };
    return [
      { text: "Upgrade to supergroup", act: upgrade },
      { text: "Remove the bot", act: perform("remove_bot") },
      { text: "Add the bot again", act: perform("add_bot") },
    ];
  }
  return [{ text: "No actions", act: () => toast("A chat of two people") }];
}

async function reallyDelete(given) {
  const buttons = [{ id: "no", text: "Cancel" }, { id: "yes", text: "Delete", kind: "destructive" }];
  if ((await ask({ title: "Delete chat", message: "All messages are deleted; START is shown again.", buttons })) === "yes") {
    act("clear", given).catch(complain);
  }
}
