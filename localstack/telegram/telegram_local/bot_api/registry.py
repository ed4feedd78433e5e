"""Methods by name. Telegram takes names in any case."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..params import Params

if TYPE_CHECKING:
    from ..core import Core

Method = Callable[["Core", Params], Any]
METHODS: dict[str, tuple[str, Method]] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as the method `name`."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = (name, function)
        return function

    return register
