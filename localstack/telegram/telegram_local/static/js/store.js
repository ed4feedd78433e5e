// What the page knows: the user's state from the server, kept up to date by events.

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

/** Hear of "state", "message", "edit", "delete", "toast", "inline", "action", "keyboard", "reaction". */
export function on(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
}

function tell(kind, event) {
  for (const listener of listeners.get(kind) ?? []) listener(event);
}

let hangUp = () => {};
let sequence = 0;

// Reading the state anew takes a while. One thing after another, or an answer that is older than an event
// that has been shown meanwhile would undo it.
let queue = Promise.resolve();
const inTurn = (task) => (queue = queue.catch(() => {}).then(task));

/** Become a user. */
export async function become(userId) {
  hangUp();
  const state = await inTurn(() => refresh(userId));
  store.chatId = store.chats[0]?.id ?? userId;
  localStorage.setItem("user", userId);
  tell("state");
  hangUp = listen(userId, state.sequence, (event) => inTurn(() => apply(event)), () => comeBack(userId));
}

/** The connection is back: what was missed is read anew; a user who is gone means a server that began anew. */
function comeBack(userId) {
  inTurn(() => refresh(userId)).then(
    () => tell("state"),
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

/** Show another chat, also one that has just been made. */
export async function openChat(chatId) {
  if (!store.chats.some((one) => one.id === chatId)) await inTurn(() => refresh(store.user.id));
  store.chatId = chatId;
  tell("state");
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
    return tell("state");
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
  tell(event.type, event);
}
