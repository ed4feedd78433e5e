"""English."""

TEXTS = {
    "language": "English",
    # Buttons
    "b.tap": "👆 Tap",
    "b.tap_more": "👆 Tap! +1",
    "b.resume": "▶️ Resume",
    "b.open": "🎮 Open the game",
    "b.board": "🏆 Leaderboard",
    "b.profile": "👤 Profile",
    "b.invite": "🤝 Invite",
    "b.settings": "⚙️ Settings",
    "b.help": "❓ Help",
    "b.home": "🏠 Home",
    "b.rename": "✏️ Change name",
    "b.skip": "Skip for now",
    "b.cancel": "✖️ Cancel",
    "b.take": "✅ {name}",
    "b.around": "🎯 Around me",
    "b.page": "{first}–{last}",
    "b.share": "📣 Share",
    "b.copy": "📋 Copy the link",
    "b.language": "🌐 Language: {language}",
    "b.language_auto": "🌐 Language: as in Telegram",
    "b.notify_on": "🔔 Notifications: on",
    "b.notify_off": "🔕 Notifications: off",
    "b.privacy": "🔒 Privacy",
    "b.erase": "🗑 Erase my account",
    "b.erase_sure": "🗑 Erase everything",
    "b.keep": "Keep it",
    "b.play_here": "🎮 Play",
    # Home
    "home.hello": "👋 Welcome, <b>{name}</b>!",
    "home.own": "Your clicks: <b>{clicks}</b>",
    "home.all": "Everybody's clicks: <b>{clicks}</b>",
    "home.top": "🏆 <b>Top 20</b>",
    "home.empty": "Nobody has tapped yet: be the first!",
    "home.play_at": "Play at {url}",
    "home.unknown": "I did not get that. Here is everything I can do:",
    "home.cancelled": "All right, never mind.",
    "home.nothing": "There was nothing to cancel.",
    "row.nameless": "player {id}",
    "row.you": "you",
    # A name
    "name.welcome": "👋 Hello, <b>{name}</b>! You are in.\n\nWhat should the leaderboard call you?",
    "name.change": "Your name is <b>{name}</b>. What should it be?",
    "name.none": "You have no name yet. What should the leaderboard call you?",
    "name.prompt": "Write your name: 3 to 20 letters, digits or _",
    "name.placeholder": "Your name on the leaderboard",
    "name.taken": "<b>{name}</b> is somebody else already. Try another one?",
    "name.bad_length": "That one has {length} characters; a name has 3 to 20. Try again?",
    "name.bad_characters": "Only the letters a to z, digits and _ please. Try again?",
    "name.done": "Nice to meet you, <b>{name}</b>!",
    "name.skipped": "No hurry. You can choose a name in your profile.",
    # Tap
    "tap.title": "👆 <b>Tap!</b>",
    "tap.counted": "+1 → {clicks}",
    "tap.too_fast": "Too fast: this one did not count",
    "tap.paused": "⏸ <b>Paused</b>",
    "tap.resumed": "Go!",
    # Leaderboard
    "board.title": "🏆 <b>Leaderboard</b>",
    "board.around": "🎯 <b>Around you</b>",
    "board.own": "Your place: <b>{rank}</b> with <b>{clicks}</b> clicks",
    "board.players": "{players} players, {active} playing now",
    "board.nothing": "Tap once, and you are on it.",
    # Profile
    "profile.title": "👤 <b>{name}</b>",
    "profile.body": "Clicks: <b>{clicks}</b>\nPlace: <b>{rank}</b>\nInvited: <b>{invited}</b>",
    "profile.nameless": "no name yet",
    # Invite
    "invite.body": "🤝 <b>Invite your friends</b>\n\nWho comes by your link counts as yours:\n{link}",
    "invite.share": "I am tapping along. Come and beat me!",
    "invite.credited": "🎉 <b>{name}</b> has come by your link. Thank you!",
    # Settings
    "settings.title": "⚙️ <b>Settings</b>",
    "settings.saved": "Saved",
    # Privacy
    "privacy.title": "🔒 <b>Your data</b>",
    "privacy.facts": (
        "Telegram id: <code>{id}</code>\nTelegram name: {name}\nName in the game: {username}\n"
        "Clicks: <b>{clicks}</b>\nInvited: {invited}\nLanguage: {language}\n\n"
        "What was said here is kept for 30 days."
    ),
    "privacy.export": "All of it, as a file: open the game → Profile → Download my data.",
    "privacy.ask": (
        "🗑 <b>Erase your account?</b>\n\nClicks, name, friends, this conversation: everything is gone for good."
    ),
    "privacy.erased": "Your account is closed. Everything of it is gone within two minutes. Take care!",
    "privacy.erasing": "Your account is just being erased. To begin anew, write again in two minutes.",
    # Help
    "help.body": (
        "❓ <b>How it works</b>\n\nEvery tap is one click, here or in the game. The most clicks win.\n"
        "At most {per_s} taps a second count.\n\n"
        "/start – home\n/tap – tap here\n/top – leaderboard\n/profile – your name and place\n"
        "/invite – your link\n/settings – language, notifications\n/privacy – your data\n"
        "/cancel – stop what you were asked"
    ),
    # Groups and inline mode
    "group.play": "👆 Tap along with everybody here:",
    "inline.title": "My score: {clicks}",
    "inline.description": "Share your score card",
    "inline.card": "🏆 <b>{name}</b> has <b>{clicks}</b> clicks, place <b>{rank}</b>. Can you beat that?",
    "inline.card_new": "🏆 <b>{name}</b> has just started to tap. Come along!",
    # What goes wrong
    "error.refused": "That did not work: {reason}",
    "error.banned": "This account is banned.",
    # Of the bot itself
    "about.description": "A tap game: every tap counts once, yours and everybody's. Press START to play.",
    "about.short": "A tap game where every tap counts once.",
    "command.start": "Home",
    "command.tap": "Tap here in the chat",
    "command.top": "Leaderboard",
    "command.profile": "Your name and place",
    "command.invite": "Invite your friends",
    "command.settings": "Language and notifications",
    "command.privacy": "Your data: see it, erase it",
    "command.help": "How it works",
    "command.cancel": "Stop what you were asked",
    "command.play": "Play",
    "menu": "Play",
}
