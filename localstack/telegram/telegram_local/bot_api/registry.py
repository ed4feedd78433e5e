"""Bot API methods by name. Telegram accepts names in any case."""

from collections.abc import Callable

from ..core import Method

METHODS: dict[str, tuple[str, Method]] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as the method `name`."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = (name, function)
        return function

    return register
