/**
 * What each error code of the API means to a player. Loaded when something is refused for the first time;
 * tests/unit/test_error_texts.py holds the codes to those that the API can answer.
 */
const en = {
  bad_request: "The game didn't understand this app. Close it and open it again.",
  banned: "This account is blocked, so its taps no longer count.",
  board_unknown: "There is no leaderboard for that time.",
  body_too_large: "That is too much at once. Send something shorter.",
  erasing: "This account is being erased. In a minute you can start again.",
  init_data_expired: "Telegram's sign-in for this page has expired. Close the app and open it again.",
  init_data_invalid: "Telegram's sign-in for this page was not accepted. Close the app and open it again from the bot.",
  internal_error: "Something broke in the game. Your taps are safe; it tries again by itself.",
  method_not_allowed: "The game didn't understand this app. Close it and open it again.",
  not_found: "The game didn't understand this app. Close it and open it again.",
  not_shareable: "Telegram can't share your score right now. Send your link instead.",
  not_yours: "You are signed in with another Telegram account. Close the app and open it again.",
  player_unknown: "This account has been erased. Open the game again to start a new one.",
  player_unreadable: "Your score can't be read right now. It is safe; try again in a minute.",
  session_ended: "You were away for a while. Tap to go on.",
  store_unavailable: "The game is busy for a moment. Your taps are safe; it tries again by itself.",
  telegram_unavailable: "Telegram doesn't answer right now. Try again in a minute.",
  token_expired: "You were away for a while. The game signs you in again.",
  token_invalid: "The game didn't know you for a moment. It signs you in again.",
  too_many_new_sessions: "You open the game too often. It tries again by itself in a moment.",
  too_many_requests: "That was too often. Try again in a moment.",
  too_many_sessions: "The game is open in too many places. Close some of them.",
  unauthenticated: "The game doesn't know who you are. Close it and open it again from the bot.",
  username_taken: "This name is taken",
  validation_failed: "The game didn't understand that. Close the app and open it again.",
  webhook_secret_invalid: "Only Telegram may do that.",
};

export type RefusalCode = keyof typeof en;

const ru: Record<RefusalCode, string> = {
  bad_request: "Игра не поняла приложение. Закрой его и открой снова.",
  banned: "Этот аккаунт заблокирован, его тапы больше не считаются.",
  board_unknown: "За это время рейтинга нет.",
  body_too_large: "Слишком много за один раз. Отправьте что-нибудь покороче.",
  erasing: "Этот аккаунт удаляется. Через минуту можно начать заново.",
  init_data_expired: "Вход через Telegram для этой страницы устарел. Закрой приложение и открой его снова.",
  init_data_invalid: "Вход через Telegram для этой страницы не принят. Закрой приложение и открой его снова из бота.",
  internal_error: "В игре что-то сломалось. Тапы сохранены, игра попробует ещё раз сама.",
  method_not_allowed: "Игра не поняла приложение. Закрой его и открой снова.",
  not_found: "Игра не поняла приложение. Закрой его и открой снова.",
  not_shareable: "Сейчас Telegram не может отправить твой счёт. Отправь ссылку.",
  not_yours: "Вход выполнен с другим аккаунтом Telegram. Закрой приложение и открой его снова.",
  player_unknown: "Этот аккаунт удалён. Открой игру заново, чтобы начать сначала.",
  player_unreadable: "Сейчас твой счёт не читается. Он цел, попробуй через минуту.",
  session_ended: "Тебя давно не было. Тапни, чтобы продолжить.",
  store_unavailable: "Игра сейчас занята. Тапы сохранены, она попробует ещё раз сама.",
  telegram_unavailable: "Telegram сейчас не отвечает. Попробуй через минуту.",
  token_expired: "Тебя давно не было. Игра входит заново.",
  token_invalid: "Игра тебя не узнала и входит заново.",
  too_many_new_sessions: "Ты слишком часто открываешь игру. Скоро она попробует ещё раз сама.",
  too_many_requests: "Слишком часто. Попробуй чуть позже.",
  too_many_sessions: "Игра открыта в слишком многих местах. Закрой лишние.",
  unauthenticated: "Игра не знает, кто ты. Закрой её и открой снова из бота.",
  username_taken: "Это имя занято",
  validation_failed: "Игра этого не поняла. Закрой приложение и открой его снова.",
  webhook_secret_invalid: "Это может только Telegram.",
};

export const REFUSALS: Record<string, Record<string, string>> = { en, ru };
