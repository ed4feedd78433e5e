"""English."""

TEXTS = {
    "b.tap": "👆 Tap",
    "b.tap_more": "👆 Tap! +1",
    "b.resume": "▶️ Resume",
    "b.board": "🏆 Leaderboard",
    "b.profile": "👤 Profile",
    "b.invite": "🤝 Invite",
    "b.settings": "⚙️ Settings",
    "b.help": "❓ Help",
    "b.rename": "✏️ Change name",
    "b.play_here": "🎮 Play",
    "home.hello": "👋 Welcome, <b>{name}</b>!",
    "home.own": "Your clicks: <b>{clicks}</b>",
    "home.top": "🏆 <b>Top 20</b>",
    "home.play_at": "Play at {url}",
    "home.unknown": "I did not get that. Here is everything I can do:",
    "home.cancelled": "All right, never mind.",
    "home.nothing": "There was nothing to cancel.",
    "tap.title": "👆 <b>Tap!</b>",
    "tap.counted": "+1 → {clicks}",
    "tap.too_fast": "Too fast: this one did not count",
    "tap.paused": "⏸ <b>Paused</b>",
    "tap.resumed": "Go!",
    "profile.title": "👤 <b>{name}</b>",
    "profile.body": "Clicks: <b>{clicks}</b>\nPlace: <b>{rank}</b>\nInvited: <b>{invited}</b>",
    "help.body": (
        "❓ <b>How it works</b>\n\nEvery tap is one click, here or in the game. The most clicks win.\n"
        "At most {per_s} taps a second count.\n\n"
        "/start – home\n/tap – tap here\n/top – leaderboard\n/league – league of the week\n"
        "/profile – your name and place\n/invite – your link\n/settings – language, notifications\n"
        "/privacy – your data\n/cancel – stop what you were asked"
    ),
    "group.play": "👆 Tap along with everybody here:",
    "inline.title": "My score: {clicks}",
    "inline.description": "Share your score card",
    "inline.card": "🏆 <b>{name}</b> has <b>{clicks}</b> clicks, place <b>{rank}</b>. Can you beat that?",
    "inline.card_new": "🏆 <b>{name}</b> has just started to tap. Come along!",
    "error.refused": "That did not work: {reason}",
    "error.banned": "This account is banned.",
    "about.description": "A tap game: every tap counts once, yours and everybody's. Press START to play.",
    "about.short": "A tap game where every tap counts once.",
    "command.tap": "Tap here in the chat",
    "command.profile": "Your name and place",
    "command.help": "How it works",
    "command.cancel": "Stop what you were asked",
    "command.play": "Play",
    "menu": "Play",
}
