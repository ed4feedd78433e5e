"""Russian."""

TEXTS = {
    "language": "Русский",
    "b.open": "🎮 Открыть игру",
    "b.home": "🏠 Домой",
    "b.cancel": "✖️ Отмена",
}
