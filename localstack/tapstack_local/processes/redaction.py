"""Removes the secrets of a child's environment from its output, for log files and the terminal."""

import re
from collections.abc import Callable, Mapping

REDACTED = "[redacted]"
SHORTEST = 8
"""The minimum length of a redacted value: a shorter one may be part of an ordinary word."""

_SECRET = re.compile(r"TOKEN|SECRET|KEY|PASSWORD")
_ANY_BOTS = r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{30,}"
"""Any bot's, not only ours: https://core.telegram.org/bots/features#generating-an-authentication-token"""


def redactor(environment: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that redacts the secrets of an environment, recognised by name, and every bot token."""
    values = {
        part.strip()
        for name, value in environment.items()
        if _SECRET.search(name)
        for part in (value, *value.split(","))
        if len(part.strip()) >= SHORTEST
    }
    exact = [re.escape(value) for value in sorted(values, key=len, reverse=True)]
    pattern = re.compile("|".join((*exact, _ANY_BOTS)))
    return lambda text: pattern.sub(REDACTED, text)
