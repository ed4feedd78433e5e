// The page's state: the user's data from the server, kept current by events.

import { act, listen } from "./api.js";

export const store = {
  user: null,
  bot: null,
  chats: [],
  messages: {},
  chatId: 0,
  typing: {},
};

const listeners = new Map();

/** Listen for "state", "message", "edit", "delete", "toast", "inline", "action", "keyboard", "reaction". */
export function on(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
}

function publish(kind, event) {
  for (const listener of listeners.get(kind) ?? []) listener(event);
}

let endEvents = () => {};
let sequence = 0;

// Fetching the state takes a while. Fetches and events are processed in order: otherwise a response that is older
// than an event processed meanwhile would undo it.
let queue = Promise.resolve();
const inOrder = (task) => (queue = queue.catch(() => {}).then(task));

/** Become a user. */
export async function become(userId) {
  endEvents();
  const state = await inOrder(() => refresh(userId));
  store.chatId = store.chats[0]?.id ?? userId;
  localStorage.setItem("user", userId);
  publish("state");
  endEvents = listen(userId, state.sequence, (event) => inOrder(() => apply(event)), () => reconnected(userId));
}

/** The connection is back: fetch what was missed. If the user is unknown, the server was reset. */
function reconnected(userId) {
  inOrder(() => refresh(userId)).then(
    () => publish("state"),
    () => location.reload(),
  );
}

async function refresh(userId) {
  const state = await act("state", { user: userId });
  sequence = state.sequence;
  Object.assign(store, { user: state.user, bot: state.bot, chats: state.chats });
  store.messages = Object.fromEntries(
    Object.entries(state.messages).map(([chat, list]) => [chat, new Map(list.map((m) => [m.message_id, m]))]),
  );
  return state;
}

/** Show another chat, which may have just been created. */
export async function openChat(chatId) {
  if (!store.chats.some((one) => one.id === chatId)) await inOrder(() => refresh(store.user.id));
  store.chatId = chatId;
  publish("state");
}

/** The chat that is shown. */
export function chat() {
  return store.chats.find((one) => one.id === store.chatId) ?? store.chats[0];
}

/** Its messages, oldest first. */
export function messagesOf(chatId) {
  return [...(store.messages[chatId]?.values() ?? [])];
}

const SHOWN_BY_STATE = ["message", "edit", "delete", "reaction", "keyboard"];

async function apply(event) {
  if (event.sequence <= sequence && SHOWN_BY_STATE.includes(event.type)) return undefined;
  if (event.type === "profile" || event.type === "chats") {
    await refresh(store.user.id);
    if (!store.chats.some((one) => one.id === store.chatId)) store.chatId = store.user.id;
    return publish("state");
  }
  const messages = (store.messages[event.chat_id] ??= new Map());
  const view = store.chats.find((one) => one.id === event.chat_id);
  if (event.type === "message" || event.type === "edit") {
    const known = messages.get(event.message.message_id);
    messages.set(event.message.message_id, { ...event.message, reactions: known?.reactions ?? [] });
    if (view && event.message.message_id === [...messages.keys()].at(-1)) {
      view.preview = event.message.text ?? event.message.caption ?? "";
      view.date = event.message.date;
    }
  } else if (event.type === "delete") messages.delete(event.message_id);
  else if (event.type === "reaction" && messages.has(event.message_id)) {
    messages.get(event.message_id).reactions = event.reactions;
  } else if (event.type === "keyboard" && view) view.keyboard = event.keyboard;
  publish(event.type, event);
}
