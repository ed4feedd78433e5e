"""English."""

TEXTS = {
    "b.around": "🎯 Around me",
    "b.everybody": "🏆 Everybody",
    "b.friends": "👥 Friends",
    "b.league": "🏅 League",
    "b.page": "{first}–{last}",
    "board.total": "Everybody's clicks: <b>{clicks}</b>",
    "board.empty": "Nobody has tapped yet: be the first!",
    "board.you": "you",
    "board.title": "🏆 <b>Leaderboard</b>",
    "board.around": "🎯 <b>Around you</b>",
    "board.own": "Your place: <b>{rank}</b> with <b>{clicks}</b> clicks",
    "board.players": "{players} players, {active} playing now",
    "board.nothing": "Tap once, and you are on it.",
    "board.friends": "👥 <b>Friends</b>",
    "board.no_friends": "Nobody here yet: invite a friend, and you will see who is ahead.",
    "command.top": "Leaderboard",
}
