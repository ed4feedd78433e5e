"""English."""

_RULES = "❓ <b>How it works</b>\n\nEvery tap counts once, here or in the app. Whoever has the most taps wins.\n"
_COMMANDS = (
    "/start – home\n/tap – tap here\n/top – leaderboard\n/league – league of the week\n"
    "/faction – your faction\n/rally – tap together\n/duel – 30 seconds against somebody\n"
    "/raid – take what others leave\n/heist – answer first\n"
    "/profile – your name and place\n/invite – your link\n/inbox – what has happened\n"
    "/settings – language, notifications\n"
    "/privacy – your data\n/cancel – cancel"
)

TEXTS = {
    "b.tap": "👆 Tap",
    "b.resume": "▶️ Resume",
    "b.board": "🏆 Leaderboard",
    "b.profile": "👤 Profile",
    "b.invite": "🤝 Invite",
    "b.settings": "⚙️ Settings",
    "b.help": "❓ Help",
    "b.rename": "✏️ Change name",
    "home.hello": "👋 Welcome, <b>{name}</b>!",
    "home.own": "Your taps: <b>{clicks}</b>",
    "home.place": "Place <b>{rank}</b> · level <b>{level}</b>",
    "home.goal": {"one": "🎯 {count} more tap to {goal}", "other": "🎯 {count} more taps to {goal}"},
    "home.top": "🏆 <b>Top 3</b>",
    "home.play_at": "Play at {url}",
    "home.unknown": "🤷 I did not get that. Try one of the buttons.",
    "home.cancelled": "All right, never mind.",
    "home.nothing": "There was nothing to cancel.",
    "milestone.reached": {
        "one": "🎉 <b>{count} tap!</b>\n\nThat is a milestone. On to the next one!",
        "other": "🎉 <b>{count} taps!</b>\n\nThat is a milestone. On to the next one!",
    },
    "tap.title": "👆 <b>Tap!</b>",
    "tap.counted": "+1 → {clicks}",
    "tap.too_fast": "Too fast: this tap did not count",
    "tap.paused": "⏸ <b>Paused</b>",
    "tap.resumed": "Go!",
    "profile.title": "👤 <b>{name}</b>",
    "profile.body": "Taps: <b>{clicks}</b>\nPlace: <b>{rank}</b>\nInvited: <b>{invited}</b>",
    "help.body": {
        "one": _RULES + "At most {count} tap a second counts.\n\n" + _COMMANDS,
        "other": _RULES + "At most {count} taps a second count.\n\n" + _COMMANDS,
    },
    "group.private": "🤫 Your coins are nobody else's business. Let us talk in private:",
    "group.elsewhere": "🤝 Factions and raids are played in private. Let us talk there:",
    "inline.title": "My score: {clicks}",
    "inline.description": "Send your score card",
    "inline.card": {
        "one": "🏆 <b>{name}</b> has <b>{count}</b> tap, place <b>{rank}</b>. Can you beat that?",
        "other": "🏆 <b>{name}</b> has <b>{count}</b> taps, place <b>{rank}</b>. Can you beat that?",
    },
    "inline.card_new": "🏆 <b>{name}</b> has just started tapping. Join in!",
    "error.refused": "That did not work. Please try again.",
    "banned.title": "⛔ <b>Your account is blocked</b>",
    "banned.contact": "Your taps are not counted. If you think this is a mistake, write to {contact}.",
    "banned.no_contact": "Your taps are not counted. If you think this is a mistake, write to whoever runs this bot.",
    "banned.toast": "Your account is blocked: taps are not counted.",
    "about.description": "A tap game: every tap counts exactly once, yours and everybody's. Press START to play.",
    "about.short": "A tap game where every tap counts once.",
    "command.tap": "Tap here in the chat",
    "command.profile": "Your name and place",
    "command.help": "How it works",
    "command.cancel": "Cancel",
    "menu": "Play",
}
