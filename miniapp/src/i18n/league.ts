import { textsOf } from ".";

const en = {
  title: "League of the week",
  bronze: "Bronze",
  silver: "Silver",
  gold: "Gold",
  sapphire: "Sapphire",
  diamond: "Diamond",
  tiers: "Tiers",
  current: "{tier}, your tier",
  division: "{tier} · division {number}",
  own: "Your place: {rank} of {players}",
  ends: "{days} d {hours} h left",
  ends_soon: "{hours} h {minutes} min left",
  up: "Places {places} move up to {tier}",
  up_one: "Place {places} moves up to {tier}",
  down: "Places {places} move down to {tier}",
  down_one: "Place {places} moves down to {tier}",
  no_moves: "The next tier opens when more players have joined.",
  moved_up: "You moved up last week. Well done!",
  moved_down: "You moved down last week. Win your place back!",
  entering: "You're in! Your division will be ready within a minute.",
  outside: "One tap this week, and you are in: 50 players, and the best move up on Monday.",
  closing: "Last week is being counted. The new divisions will be ready in a minute.",
  failed: "The league can't be loaded right now.",
};

export type LeagueKey = keyof typeof en;

const ru: Record<LeagueKey, string> = {
  title: "Лига недели",
  bronze: "Бронза",
  silver: "Серебро",
  gold: "Золото",
  sapphire: "Сапфир",
  diamond: "Алмаз",
  tiers: "Лиги",
  current: "{tier}, твоя лига",
  division: "{tier} · дивизион {number}",
  own: "Твоё место: {rank} из {players}",
  ends: "Осталось {days} д {hours} ч",
  ends_soon: "Осталось {hours} ч {minutes} мин",
  up: "Места {places} поднимаются: {tier}",
  up_one: "Место {places} поднимается: {tier}",
  down: "Места {places} опускаются: {tier}",
  down_one: "Место {places} опускается: {tier}",
  no_moves: "Следующая лига откроется, когда игроков станет больше.",
  moved_up: "Прошлая неделя – на подъём. Отлично!",
  moved_down: "После прошлой недели – на ступень ниже. Пора вернуться!",
  entering: "Ты в лиге! Дивизион будет готов в течение минуты.",
  outside: "Один тап на этой неделе – и ты в лиге: 50 игроков, лучшие поднимаются в понедельник.",
  closing: "Подводим итоги прошлой недели. Новые дивизионы будут через минуту.",
  failed: "Лига сейчас не загружается.",
};

/** The text of `key` in the current language. */
export const say = textsOf<LeagueKey>(en, { ru });
