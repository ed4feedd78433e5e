import { textsOf } from ".";

const en = {
  title: "Friends",
  none: "Nobody here yet. Invite a friend, and you'll see who is ahead.",
  more: "These are the first 100 of your friends.",
  failed: "Your friends can't be loaded right now.",
  invite: "Invite a friend",
  cheer: "Cheer on",
  cheer_name: "Cheer {name} on",
  cheered: "Cheered. Again in {time}.",
  cheer_failed: "That did not get through. Try again.",
};

export type FriendsKey = keyof typeof en;

const ru: Record<FriendsKey, string> = {
  title: "Друзья",
  none: "Здесь пока никого. Пригласи друга – и будет видно, кто впереди.",
  more: "Это первые 100 друзей.",
  failed: "Друзья сейчас не загружаются.",
  invite: "Пригласить друга",
  cheer: "Поддержать",
  cheer_name: "Поддержать: {name}",
  cheered: "Готово. Снова через {time}.",
  cheer_failed: "Не получилось. Попробуй ещё раз.",
};

/** The text of `key` in the current language. */
export const say = textsOf<FriendsKey>(en, { ru });
