"""Russian."""

TEXTS = {
    "b.around": "🎯 Рядом со мной",
    "b.everybody": "🏆 Все игроки",
    "b.friends": "👥 Друзья",
    "b.league": "🏅 Лига",
    "b.page": "{first}–{last}",
    "board.total": "Тапы всех: <b>{clicks}</b>",
    "board.empty": "Ещё никто не тапал. Открой счёт!",
    "board.you": "ты",
    "board.title": "🏆 <b>Рейтинг</b>",
    "board.around": "🎯 <b>Рядом с тобой</b>",
    "board.own": {
        "one": "Твоё место: <b>{rank}</b>, у тебя <b>{count}</b> тап",
        "few": "Твоё место: <b>{rank}</b>, у тебя <b>{count}</b> тапа",
        "many": "Твоё место: <b>{rank}</b>, у тебя <b>{count}</b> тапов",
        "other": "Твоё место: <b>{rank}</b>, у тебя <b>{count}</b> тапа",
    },
    "board.players": {
        "one": "{count} игрок, сейчас в игре: {active}",
        "few": "{count} игрока, сейчас в игре: {active}",
        "many": "{count} игроков, сейчас в игре: {active}",
        "other": "{count} игрока, сейчас в игре: {active}",
    },
    "board.nothing": "Тапни хотя бы раз, чтобы попасть в рейтинг.",
    "board.friends": "👥 <b>Друзья</b>",
    "board.no_friends": "Здесь пока никого: пригласи друга – и будет видно, кто впереди.",
    "command.top": "Рейтинг",
}
