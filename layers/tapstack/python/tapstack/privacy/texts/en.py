"""English."""

TEXTS = {
    "b.erase": "🗑 Erase my account",
    "b.erase_sure": "🗑 Erase everything",
    "b.keep": "Keep it",
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
    "command.privacy": "Your data: see it, erase it",
}
