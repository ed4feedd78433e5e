import { textsOf } from ".";

const en = {
  title: "Friends",
  none: "Nobody here yet. Invite a friend, and you'll see who is ahead.",
  more: "These are the first 100 of your friends.",
  failed: "Your friends can't be loaded right now.",
  invite: "Invite a friend",
};

export type FriendsKey = keyof typeof en;

const ru: Record<FriendsKey, string> = {
  title: "Друзья",
  none: "Здесь пока никого. Пригласи друга – и будет видно, кто впереди.",
  more: "Это первые 100 друзей.",
  failed: "Друзья сейчас не загружаются.",
  invite: "Пригласить друга",
};

/** The text of `key` in the current language. */
export const say = textsOf<FriendsKey>(en, { ru });
