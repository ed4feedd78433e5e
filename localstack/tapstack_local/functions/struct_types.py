"""Lets threads decode into the same msgspec types from the start; on Lambda a function has only threads of its own.

msgspec 0.22 learns a struct's fields when it is first decoded. It publishes what it knows before that is complete,
because a struct may contain itself, and reads annotations in Python, where threads take turns: another thread that
decodes into the struct meanwhile ends the process with a segmentation fault. Here one thread at a time learns types,
and others use a type only once it is complete.
"""

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any

import msgspec


@cache  # once a process
def share_struct_types() -> None:
    """Replace msgspec's `json.decode` and `convert`; before threads start, and before functions are loaded."""
    learn = _Learned()
    decode, convert = msgspec.json.decode, msgspec.convert

    def safe_decode(data: Any, /, *, type: Any = Any, **options: Any) -> Any:  # noqa: A002 # as msgspec names it
        learn(type)
        return decode(data, type=type, **options)

    def safe_convert(data: Any, type: Any, **options: Any) -> Any:  # noqa: A002
        learn(type)
        return convert(data, type, **options)

    replaced: list[tuple[Any, str, Callable[..., Any]]] = [
        (msgspec.json, "decode", safe_decode),
        (msgspec, "convert", safe_convert),
    ]
    for module, name, function in replaced:
        setattr(module, name, function)


class _Learned:
    """Completes types, one thread at a time."""

    def __init__(self) -> None:
        self._complete: set[Any] = {Any}
        self._lock = Lock()

    def __call__(self, kind: Any) -> None:
        if kind not in self._complete:
            with self._lock:
                msgspec.json.Decoder(kind)
            self._complete.add(kind)
