"""Russian."""

THOUSANDS = "\u202f"


def plural(count: int) -> str:
    """https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html"""
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"


TEXTS = {
    "language": "Русский",
    "b.open": "🎮 Открыть игру",
    "b.home": "🏠 Домой",
    "b.cancel": "✖️ Отмена",
    "duration.h": "{amount} ч",
    "duration.min": "{amount} мин",
    "duration.s": "{amount} с",
    "cooldown.again": "Слишком быстро. Снова можно через {time}.",
}
