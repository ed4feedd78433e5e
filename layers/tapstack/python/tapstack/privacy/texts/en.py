"""English."""

TEXTS = {
    "b.erase": "🗑 Erase my account",
    "b.erase_sure": "🗑 Erase everything",
    "b.keep": "Keep it",
    "privacy.title": "🔒 <b>Your data</b>",
    "privacy.facts": (
        "Telegram id: <code>{id}</code>\nTelegram name: {name}\nName in the game: {username}\n"
        "Taps: <b>{clicks}</b>\nInvited: {invited}\nLanguage: {language}\n\n"
        "This conversation is kept for 30 days."
    ),
    "privacy.export": "To get all of it as a file, open the game → Profile → Download my data.",
    "privacy.ask": (
        "🗑 <b>Erase your account?</b>\n\nTaps, name, friends, this conversation: everything will be gone for good."
    ),
    "privacy.erased": "Your account is closed. All of your data will be gone within two minutes. Take care!",
    "privacy.erasing": "Your account is being erased right now. To start over, write again in two minutes.",
    "command.privacy": "Your data: see it, erase it",
}
