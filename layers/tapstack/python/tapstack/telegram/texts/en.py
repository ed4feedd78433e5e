"""English."""

THOUSANDS = ","


def plural(count: int) -> str:
    """https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html"""
    return "one" if count == 1 else "other"


TEXTS = {
    "language": "English",
    "b.open": "🎮 Open the game",
    "b.home": "🏠 Home",
    "b.cancel": "✖️ Cancel",
    "duration.h": "{amount} h",
    "duration.min": "{amount} min",
    "duration.s": "{amount} s",
    "cooldown.again": "Too fast. Try again in {time}.",
}
