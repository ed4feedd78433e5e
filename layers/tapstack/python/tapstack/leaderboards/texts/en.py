"""English."""

TEXTS = {
    "b.around": "🎯 Around me",
    "b.everybody": "🏆 Everybody",
    "b.friends": "👥 Friends",
    "b.league": "🏅 League",
    "b.page": "{first}–{last}",
    "board.total": "Everybody's taps: <b>{clicks}</b>",
    "board.empty": "Nobody has tapped yet. Be the first!",
    "board.you": "you",
    "board.title": "🏆 <b>Leaderboard</b>",
    "board.around": "🎯 <b>Around you</b>",
    "board.own": {
        "one": "Your place: <b>{rank}</b>, with <b>{count}</b> tap",
        "other": "Your place: <b>{rank}</b>, with <b>{count}</b> taps",
    },
    "board.players": {"one": "{count} player, {active} playing now", "other": "{count} players, {active} playing now"},
    "board.nothing": "Tap once to get on the leaderboard.",
    "board.friends": "👥 <b>Friends</b>",
    "board.no_friends": "Nobody here yet: invite a friend, and you will see who is ahead.",
    "command.top": "Leaderboard",
}
