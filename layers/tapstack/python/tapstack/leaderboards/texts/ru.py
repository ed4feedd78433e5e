"""Russian."""

TEXTS = {
    "b.around": "🎯 Рядом со мной",
    "b.everybody": "🏆 Все игроки",
    "b.friends": "👥 Друзья",
    "b.league": "🏅 Лига",
    "b.page": "{first}–{last}",
    "board.total": "Клики всех: <b>{clicks}</b>",
    "board.empty": "Ещё никто не тапал: будь первым!",
    "board.you": "ты",
    "board.title": "🏆 <b>Рейтинг</b>",
    "board.around": "🎯 <b>Рядом с тобой</b>",
    "board.own": "Твоё место: <b>{rank}</b>, кликов: <b>{clicks}</b>",
    "board.players": "Игроков: {players}, сейчас играют: {active}",
    "board.nothing": "Один тап – и ты в рейтинге.",
    "board.friends": "👥 <b>Друзья</b>",
    "board.no_friends": "Здесь пока никого: пригласи друга – и будет видно, кто впереди.",
    "command.top": "Рейтинг",
}
