// What a Mini App requests from the user or from Telegram's servers. Each function resolves to the data of the answering event.

import { act } from "./api.js";
import { ask, openWindow, toast } from "./dialogs.js";
import { el } from "./dom.js";
import { pictureAddress } from "./pictures.js";
import { emit } from "./page_events.js";
import { chooseChat, shareInline } from "./share.js";
import { store } from "./store.js";

/** The current user's id. */
export const userId = () => store.user.id;

const LABELS = { ok: "OK", close: "Close", cancel: "Cancel" };

/** A native popup. */
export async function popup({ title, message, buttons }) {
  const shown = (buttons ?? [{ type: "close", id: "" }]).map((button) => ({
    id: button.id,
    text: button.text ?? LABELS[button.type] ?? "OK",
    kind: button.type === "destructive" ? "destructive" : "plain",
  }));
  const id = await ask({ title, message, buttons: shown });
  return id === undefined ? {} : { button_id: id };
}

/** Whether the app is on the home screen. */
export async function homeScreen() {
  return { status: await act("home_screen", { user: userId() }) };
}

/** CloudStorage and other methods of the server. */
export async function customMethod({ req_id, method, params }) {
  try {
    return { req_id, result: await act("custom_method", { user: userId(), method, params }) };
  } catch (error) {
    return { req_id, error: error.message.replace(/^Bad Request: /, "") };
  }
}

/** Share a prepared message. Throws with Telegram's code. */
export async function sendPrepared(id) {
  const code = (error) => {
    throw new Error(error.message.replace(/^Bad Request: /, ""));
  };
  const kept = await act("prepared", { user: userId(), id }).catch(code);
  const chat = await chooseChat(`Share: ${(kept.message.text ?? kept.message.caption ?? "Photo").slice(0, 60)}`, kept.kinds);
  if (!chat) throw new Error("USER_DECLINED");
  await act("send_prepared", { user: userId(), chat, id }).catch(code);
  toast("Sent");
}

/** Show the story that would be shared: its picture, text and, for some users, a link. Telegram tells the app nothing. */
export function shareToStory({ media_url: url, text, widget_link: link }) {
  const src = pictureAddress(url);
  openWindow("Your story", () =>
    el(
      "div.story",
      {},
      src ? el("img.photo", { src, alt: "Story" }) : el("div.photo.stand-in", {}, url),
      text && el("p", {}, text),
      link && el("a", { href: link.url, target: "_blank", rel: "noopener" }, link.name ?? link.url),
    ),
  );
}

/** sendData: works for apps of reply keyboard buttons only, and closes them. */
export async function sendData(panel, data) {
  if (panel.launch.kind !== "keyboard") return;
  await act("app_data", { user: userId(), chat: panel.launch.chatId, data, button_text: panel.launch.title ?? "" });
  panel.close(true);
}

/** switchInlineQuery: continue in a chat of the user's choice, or in this one. */
export function switchInline(panel, { query, chat_types: kinds = [] }) {
  panel.close(true);
  if (!kinds.length) {
    return emit("fill-input", `@${store.bot.username} ${query}`);
  }
  const names = { users: "user", bots: "bot", groups: "group", channels: "group" };
  return shareInline(query, kinds.map((kind) => names[kind]));
}

/** The clipboard's text, null if the browser denies it. */
export async function clipboard(req_id) {
  const data = await navigator.clipboard.readText().catch(() => null);
  return { req_id, data };
}

const YES_NO = [{ id: "no", text: "Cancel" }, { id: "yes", text: "Allow", kind: "primary" }];

/** Ask whether the bot may write. */
export async function writeAccess() {
  const begun = (store.messages[userId()]?.size ?? 0) > 0;
  const message = `Allow ${store.bot.name} to message you?`;
  if (!begun && (await ask({ message, buttons: YES_NO })) !== "yes") return { status: "cancelled" };
  await act("write_access", { user: userId() });
  return { status: "allowed" };
}

/** Test users have no phone number. */
export async function phone() {
  toast("Test users have no phone number");
  return { status: "cancelled" };
}

/** DeviceStorage, in this browser. */
export function deviceStorage(bridge, what, { req_id, key, value }) {
  const name = `device-storage-${userId()}`;
  const kept = JSON.parse(localStorage.getItem(name) ?? "{}");
  if (what === "get") return bridge.send("device_storage_key_received", { req_id, value: kept[key] ?? null });
  if (what === "clear") localStorage.removeItem(name);
  else {
    if (value === null) delete kept[key];
    else kept[key] = value;
    localStorage.setItem(name, JSON.stringify(kept));
  }
  bridge.send(what === "clear" ? "device_storage_cleared" : "device_storage_key_saved", { req_id });
}
