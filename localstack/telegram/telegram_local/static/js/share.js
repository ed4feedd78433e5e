// The share sheet: choose a chat.

import { act } from "./api.js";
import { complain, openWindow, toast } from "./dialogs.js";
import { avatar, el } from "./dom.js";
import { emit } from "./page_events.js";
import { fullName } from "./people.js";
import { sendText } from "./sending.js";
import { openChat, store } from "./store.js";

/** Let the user choose a chat; resolves to its id, or undefined. `kinds` limits the choice to user, bot, group. */
export async function chooseChat(title, kinds = ["user", "bot", "group"]) {
  const users = await act("users").catch(complain);
  return new Promise((resolve) => {
    let chosen;
    const close = openWindow(title, () => {
      const list = el("div.people");
      const add = (name, id, hint, find) => {
        const pick = async () => {
          chosen = await find().catch(complain);
          close();
        };
        const face = avatar(el("span", { "aria-hidden": "true" }), name, id, "small");
        list.append(
          el("button.person", { type: "button", onclick: pick }, face, el("span.person-name", {}, name), el("span.hint", {}, hint)),
        );
      };
      for (const chat of store.chats) {
        const kind = { private: "bot", dialog: "user" }[chat.type] ?? "group";
        if (kinds.includes(kind) && kind !== "user") add(chat.title, chat.id, kind, async () => chat.id);
      }
      for (const user of kinds.includes("user") ? users : []) {
        const own = user.id === store.user.id;
        const find = async () => (await act("dialog", { user: store.user.id, other: user.id })).id;
        add(own ? "Saved Messages" : fullName(user), user.id, own ? "you" : "person", find);
      }
      return list;
    });
    document.querySelector("dialog.window:last-of-type").addEventListener("close", () => resolve(chosen));
  });
}

/** Send a text to a chat of the user's choice. */
export async function shareText(text) {
  const chatId = await chooseChat("Share with…");
  if (!chatId) return;
  await sendText(text, 0, chatId);
  toast("Sent");
}

/** switch_inline_query: choose a chat, then continue typing "@bot query" there. */
export async function shareInline(query, kinds) {
  const chatId = await chooseChat("Share with…", kinds);
  if (!chatId) return;
  await openChat(chatId);
  emit("fill-input", `@${store.bot.username} ${query}`);
}
