import { textsOf } from ".";

const en = {
  title: "Best of",
  coins: "Coins earned",
  xp: "XP",
  crates: "Crates opened",
  checkins: "Check-ins",
  friends: "Friends",
  achievements: "Achievements",
  empty: "Nobody is here yet. Be the first!",
  outside: "You aren't on this board yet.",
  failed: "This board can't be loaded right now. It will reload automatically.",
};

export type MetricsKey = keyof typeof en;

const ru: Record<MetricsKey, string> = {
  title: "Лучшие по",
  coins: "заработанным монетам",
  xp: "опыту",
  crates: "открытым ящикам",
  checkins: "отметкам",
  friends: "друзьям",
  achievements: "достижениям",
  empty: "Здесь пока никого. Открой счёт!",
  outside: "Тебя пока нет в этом рейтинге.",
  failed: "Рейтинг сейчас не загружается. Он обновится сам.",
};

/** The text of `key` in the current language. */
export const say = textsOf<MetricsKey>(en, { ru });
