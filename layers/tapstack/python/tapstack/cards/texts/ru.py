"""Russian."""

TEXTS = {
    "card.taps": {"one": "тап", "few": "тапа", "many": "тапов", "other": "тапа"},
    "card.place": "Место {rank}",
    "card.level": "Уровень {level}",
    "card.invite": "Сможешь больше?",
    "card.invite_new": "Кто со мной?",
}
