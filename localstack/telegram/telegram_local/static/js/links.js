// Links: those to the bot open here, all others in a new tab.

import { act } from "./api.js";
import { ask, complain } from "./dialogs.js";
import { launchApp } from "./launch.js";
import { onRequest } from "./page_events.js";
import { start } from "./sending.js";
import { shareText } from "./share.js";
import { openChat, store } from "./store.js";

/** Open any address. */
export function openLink(address) {
  let url;
  try {
    url = new URL(address.includes("://") ? address : `https://${address}`);
  } catch {
    return;
  }
  if (url.hostname === "t.me" || url.protocol === "tg:") openTelegram(url);
  else if (/^https?:$/.test(url.protocol)) window.open(url.href, "_blank", "noopener");
}

/** A t.me address, or what follows it ("/bot?start=..."). */
export async function openTelegram(url) {
  const path = url.pathname.replace(/^\/+/, "");
  const query = url.searchParams;
  if (path === "share/url" || path === "share") {
    return shareText([query.get("url"), query.get("text")].filter(Boolean).join("\n"));
  }
  const bot = (query.get("domain") ?? path).split("/")[0].toLowerCase();
  if (bot !== store.bot.username.toLowerCase()) {
    return ask({ message: `The local Telegram has only one bot: @${store.bot.username}.`, buttons: [{ id: 1, text: "OK" }] });
  }
  if (query.has("startapp") || path.includes("/")) {
    return launchApp({ kind: "main", start_param: query.get("startapp") ?? "" });
  }
  if (query.has("startgroup")) return newGroup();
  openChat(store.user.id);
  const parameter = query.get("start") ?? "";
  const begun = (store.messages[store.user.id]?.size ?? 0) > 0;
  // As in Telegram: a new chat shows START first, a known one sends the command at once.
  if (begun) return parameter && start(parameter);
  store.pendingStart = parameter;
  openChat(store.user.id);
}

onRequest("open-link", openLink);
onRequest("open-telegram-link", openTelegram);

/** What was typed into the deep link box: "?start=x", "start=x", "x" or an address. */
export function openTyped(text) {
  const trimmed = text.trim();
  if (!trimmed) return;
  if (/^https?:|^tg:|^t\.me/.test(trimmed)) return openLink(trimmed);
  const query = trimmed.includes("=") ? trimmed.replace(/^[/?]*/, "") : `start=${trimmed}`;
  openTelegram(new URL(`https://t.me/${store.bot.username}?${query}`));
}

/** Create a group with the bot. */
export async function newGroup() {
  const users = await act("users").catch(complain);
  const members = (users ?? []).map((user) => user.id).filter((id) => id !== store.user.id);
  const made = await act("group", { user: store.user.id, title: "New group", members }).catch(complain);
  if (made) openChat(made.id);
}
