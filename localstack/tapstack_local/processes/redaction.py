"""What a child prints reaches log files and the terminal without the secrets of its environment."""

import re
from collections.abc import Callable, Mapping

HIDDEN = "[redacted]"
SHORTEST = 8
"""Characters of the shortest value that is hidden: of less, parts of ordinary words would be."""

_SECRET = re.compile(r"TOKEN|SECRET|KEY|PASSWORD")
_ANY_BOTS = r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{30,}"
"""https://core.telegram.org/bots/features#generating-an-authentication-token; anybody's, not only ours."""


def hider(environment: Mapping[str, str]) -> Callable[[str], str]:
    """A function that takes every secret of an environment, by its name, and every bot's token out of a text."""
    values = {
        part.strip()
        for name, value in environment.items()
        if _SECRET.search(name)
        for part in (value, *value.split(","))
        if len(part.strip()) >= SHORTEST
    }
    exact = [re.escape(value) for value in sorted(values, key=len, reverse=True)]
    pattern = re.compile("|".join((*exact, _ANY_BOTS)))
    return lambda text: pattern.sub(HIDDEN, text)
