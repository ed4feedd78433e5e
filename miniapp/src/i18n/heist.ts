import { textsOf } from ".";

const en = {
  title: "Heist",
  trivia: "Trivia",
  riddle: "Riddle",
  scramble: "Word scramble",
  grab: "Quick grab",
  how_scramble: "Put the letters in order.",
  how_grab: "Type it faster than the others.",
  answer: "Your answer",
  send: "Send",
  left: "{time} left",
  prize: "{each} coins for everybody who takes part, up to {most}. The first get the most.",
  players: { one: "{count} player so far", other: "{count} players so far" },
  tries: { one: "{count} try left", other: "{count} tries left" },
  first: "Right! Place {rank}.",
  right: "Right! You have a share of the pool.",
  wrong: "Wrong. Try again.",
  done: "Your answer is in. The result comes at the end.",
  next: "Next: {kind} in {time}",
  over: "The answer: {answer}",
  pool: { one: "{pool} coins for {count} player", other: "{pool} coins for {count} players" },
  claim: { one: "Take {count} coin", other: "Take {count} coins" },
  claimed: { one: "{count} coin is yours.", other: "{count} coins are yours." },
  older: "Find older shares",
  all_older: "There are no other shares to take.",
  none_older: "You have taken all your older shares.",
  failed: "That did not get through. Try again.",
};

export type HeistKey = keyof typeof en;

const ru: Record<HeistKey, string | { one: string; few: string; other: string }> = {
  title: "Ограбление",
  trivia: "Викторина",
  riddle: "Загадка",
  scramble: "Слово вперемешку",
  grab: "Кто быстрее",
  how_scramble: "Расставь буквы по местам.",
  how_grab: "Напечатай это быстрее других.",
  answer: "Твой ответ",
  send: "Отправить",
  left: "Осталось {time}",
  prize: "За каждого участника {each} монет, всего до {most}. Первым достаётся больше всех.",
  players: { one: "Пока {count} участник", few: "Пока {count} участника", other: "Пока {count} участников" },
  tries: { one: "Осталась {count} попытка", few: "Осталось {count} попытки", other: "Осталось {count} попыток" },
  first: "Верно! Место: {rank}.",
  right: "Верно! Доля в добыче твоя.",
  wrong: "Неверно. Попробуй ещё.",
  done: "Ответ принят. Итог будет в конце.",
  next: "Дальше: {kind} через {time}",
  over: "Ответ: {answer}",
  pool: {
    one: "{pool} монет на {count} участника",
    few: "{pool} монет на {count} участников",
    other: "{pool} монет на {count} участников",
  },
  claim: { one: "Забрать {count} монету", few: "Забрать {count} монеты", other: "Забрать {count} монет" },
  claimed: { one: "Твоя доля: {count} монета.", few: "Твоя доля: {count} монеты.", other: "Твоя доля: {count} монет." },
  older: "Найти прошлые доли",
  all_older: "Других долей больше нет.",
  none_older: "Все прошлые доли уже у тебя.",
  failed: "Не получилось. Попробуй ещё раз.",
};

/** The text of `key` in the current language. */
export const say = textsOf<HeistKey>(en, { ru });
