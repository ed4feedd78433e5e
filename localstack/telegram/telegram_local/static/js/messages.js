// The messages of the current chat.

import { el } from "./dom.js";
import { inlineKeyboard } from "./keyboards.js";
import { fullName } from "./people.js";
import { pictureAddress } from "./pictures.js";
import { chat, messagesOf, on, store } from "./store.js";
import { formatted } from "./text.js";

const log = document.getElementById("messages");
let atEnd = true;

// The effects that every user of Telegram may send; of another one the page shows a mark alone.
const EFFECTS = {
  "5104841245755180586": "🔥",
  "5107584321108051014": "👍",
  "5104858069142078462": "👎",
  "5159385139981059251": "❤️",
  "5046509860389126442": "🎉",
  "5046589136895476101": "💩",
};
const EFFECT_MS = 1500;

const toEnd = () => (log.scrollTop = log.scrollHeight);
log.addEventListener("scroll", () => (atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 160), { passive: true });
// A keyboard that unfolds below takes room from the messages: the last one stays in sight.
new ResizeObserver(() => atEnd && toEnd()).observe(log);

/** Show the whole chat. */
export function showMessages() {
  const shown = messagesOf(chat().id);
  log.replaceChildren(...shown.flatMap((message, index) => [dayLine(shown[index - 1], message), bubble(message, false)].filter(Boolean)));
  if (!shown.length) log.append(introduction());
  atEnd = true;
  toEnd();
}

on("message", (event) => {
  if (event.chat_id !== chat().id) return;
  log.querySelector(".introduction")?.remove();
  const near = atEnd;
  const before = messagesOf(event.chat_id).at(-2);
  log.append(...[dayLine(before, event.message), bubble(event.message)].filter(Boolean));
  if (near || event.message.from.id === store.user.id) toEnd();
  if (event.message.effect_id) play(event.message);
});

/** Play a message's effect over it, once: when it arrives. */
function play(message) {
  const shown = el("span.effect", { "aria-hidden": "true" }, EFFECTS[message.effect_id] ?? "✨");
  document.getElementById(`message-${message.message_id}`)?.append(shown);
  setTimeout(() => shown.remove(), EFFECT_MS);
}

const replace = (event) => {
  const id = event.message_id ?? event.message.message_id;
  const old = event.chat_id === chat().id && document.getElementById(`message-${id}`);
  if (!old) return;
  const near = atEnd;
  const focused = [...old.querySelectorAll("button")].indexOf(document.activeElement);
  const fresh = bubble(store.messages[event.chat_id].get(id), false);
  old.replaceWith(fresh);
  if (focused >= 0) fresh.querySelectorAll("button")[focused]?.focus();
  if (near) toEnd();
};
on("edit", replace);
on("reaction", replace);
on("delete", (event) => {
  if (event.chat_id === chat().id) document.getElementById(`message-${event.message_id}`)?.remove();
});

function introduction() {
  const words = store.bot.description;
  if (chat().type !== "private") return el("p.service.introduction", {}, "No messages here yet…");
  return el(
    "div.introduction",
    {},
    words ? el("div.about", {}, el("b", {}, "What can this bot do?"), el("p", {}, words)) : el("p.service", {}, "No messages here yet…"),
  );
}

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" });

function dayLine(before, message) {
  const today = day.format(message.date * 1000);
  if (before && day.format(before.date * 1000) === today) return null;
  return el("p.service.day", {}, today);
}

function bubble(message, isNew = true) {
  const service = serviceText(message);
  if (service) return el("p.service", { id: `message-${message.message_id}` }, service);
  const mine = message.from.id === store.user.id;
  const group = chat().type.endsWith("group");
  const author = group && !mine && el("b.author", { class: `author tint-text-${Math.abs(message.from.id) % 7}` }, fullName(message.from));
  const body = el(
    "div.bubble",
    {},
    author,
    message.via_bot && el("span.via", {}, `via @${message.via_bot.username}`),
    quote(message.reply_to_message),
    photo(message),
    el("div.text", { dir: "auto" }, formatted(message.text ?? message.caption ?? "", message.entities ?? message.caption_entities)),
    foot(message),
  );
  return el(
    `article.message.${mine ? "mine" : "theirs"}${isNew ? ".new" : ""}`,
    { id: `message-${message.message_id}`, "aria-label": mine ? "You" : fullName(message.from) },
    body,
    inlineKeyboard(message),
  );
}

function foot(message) {
  const when = el("time", { datetime: new Date(message.date * 1000).toISOString() }, time.format(message.date * 1000));
  const reactions = (message.reactions ?? []).map((reaction) => el("span.reaction", {}, reaction.emoji ?? "★"));
  const effect = message.effect_id && el("span", { title: `Effect ${message.effect_id}` }, EFFECTS[message.effect_id] ?? "✨");
  return el("span.foot", {}, ...reactions, effect, message.edit_date && "edited ", when);
}

function quote(original) {
  if (!original) return null;
  const words = original.text ?? original.caption ?? "Message";
  return el("div.quote", {}, el("b", {}, fullName(original.from)), el("span", {}, words));
}

function photo(message) {
  const id = message.photo?.at(-1).file_id;
  if (!id) return null;
  const src = pictureAddress(id);
  return src ? el("img.photo", { src, alt: message.caption ?? "Photo" }) : el("div.photo.stand-in", { title: id }, "Photo");
}

function serviceText(message) {
  const who = fullName(message.from);
  if (message.group_chat_created) return `${who} created the group “${message.chat.title}”`;
  if (message.new_chat_members) return `${message.new_chat_members.map(fullName).join(", ")} joined the group`;
  if (message.migrate_to_chat_id) return "This group was upgraded to a supergroup";
  if (message.migrate_from_chat_id) return "The group is now a supergroup";
  if (message.write_access_allowed) return "You allowed this bot to message you";
  if (message.web_app_data) return `Data from the “${message.web_app_data.button_text}” button was transferred to the bot.`;
  return "";
}
