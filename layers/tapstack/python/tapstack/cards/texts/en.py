"""English."""

TEXTS = {
    "card.taps": {"one": "tap", "other": "taps"},
    "card.place": "Place {rank}",
    "card.level": "Level {level}",
    "card.invite": "Can you beat that?",
    "card.invite_new": "Who taps along?",
}
