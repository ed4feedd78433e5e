"""English."""

TEXTS = {
    "b.skip": "Skip for now",
    "b.take": "✅ {name}",
    "b.share": "📣 Share",
    "b.copy": "📋 Copy the link",
    "b.language": "🌐 Language: {language}",
    "b.language_auto": "🌐 Language: as in Telegram",
    "b.notify_on": "🔔 Notifications: on",
    "b.notify_off": "🔕 Notifications: off",
    "b.kinds": "🎚 Which, and when",
    "b.privacy": "🔒 Privacy",
    "name.welcome": "👋 Hello, <b>{name}</b>! You are in.\n\nWhat should the leaderboard call you?",
    "name.change": "Your name is <b>{name}</b>. What should the new one be?",
    "name.none": "You have no name yet. What should the leaderboard call you?",
    "name.prompt": "✍️ Send me a name: 3 to 20 letters a–z, digits or _",
    "name.taken": "<b>{name}</b> is already taken. Try another one?",
    "name.bad_length": "<b>{name}</b> does not fit: a name has 3 to 20 characters.",
    "name.bad_characters": "<b>{name}</b> does not fit: only letters a–z, digits and _.",
    "name.done": "Nice to meet you, <b>{name}</b>!",
    "name.skipped": "No hurry: you can choose a name in your profile.",
    "name.none_yet": "no name yet",
    "invite.body": (
        "🤝 <b>Invite your friends</b>\n\nThis is your own link. Whoever joins through it appears among your friends:\n"
        "{link}"
    ),
    "invite.share": "Can you out-tap me? Come and play!",
    "invite.invited_by": "🤝 <b>{name}</b> has invited you.",
    "invite.credited": "🎉 <b>{name}</b> has joined through your link!",
    "settings.title": "⚙️ <b>Settings</b>",
    "settings.saved": "Saved",
    "command.start": "Home",
    "command.invite": "Invite your friends",
    "command.settings": "Language and notifications",
}
