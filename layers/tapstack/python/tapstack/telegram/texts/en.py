"""English."""

TEXTS = {
    "language": "English",
    "b.open": "🎮 Open the game",
    "b.home": "🏠 Home",
    "b.cancel": "✖️ Cancel",
}
