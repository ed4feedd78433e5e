import { textsOf } from ".";
import type { PluralForms } from "./en";

const en = {
  title: "Chat",
  empty: "Nobody has said anything yet.",
  gap: "Earlier messages are not kept.",
  online: { one: "{count} player is here", other: "{count} players are here" },
  label: "Message",
  send: "Send",
  report: "Report",
  reported: "Reported. Thank you.",
  hide: "Hide",
  failed: "The chat can't be loaded right now.",
  not_sent: "That was not sent. Try again.",
};

export type ChatKey = keyof typeof en;

const ru: Record<ChatKey, string | PluralForms> = {
  title: "Чат",
  empty: "Пока никто ничего не написал.",
  gap: "Более ранние сообщения не хранятся.",
  online: {
    one: "Здесь {count} игрок",
    few: "Здесь {count} игрока",
    many: "Здесь {count} игроков",
    other: "Здесь {count} игрока",
  },
  label: "Сообщение",
  send: "Отправить",
  report: "Пожаловаться",
  reported: "Жалоба отправлена. Спасибо.",
  hide: "Скрыть",
  failed: "Чат сейчас не загружается.",
  not_sent: "Сообщение не отправлено. Попробуй ещё раз.",
};

/** Texts of the chat, loaded with it. */
export const say = textsOf<ChatKey>(en, { ru });
