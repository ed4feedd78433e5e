// What the user sends to the current chat.

import { act } from "./api.js";
import { complain } from "./dialogs.js";
import { chat, store } from "./store.js";

/** Write a message. */
export function sendText(text, replyTo = 0, chatId = chat().id) {
  return act("send", { user: store.user.id, chat: chatId, text, reply_to: replyTo }).catch(complain);
}

/** Press START, or follow a deep link. */
export function start(parameter = "") {
  return act("start", { user: store.user.id, parameter }).catch(complain);
}
