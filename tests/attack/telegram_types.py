"""Updates as Telegram's own types allow them, drawn by hypothesis: made from the classes of python-telegram-bot."""

from __future__ import annotations

import datetime as dt
import functools
import inspect
import sys
import typing
from collections.abc import Callable, Sequence
from types import NoneType, UnionType
from typing import Any

import telegram
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

DEPTH = 3
SOME_FIELDS = 4
USERS = [830_000_000_000 + n for n in range(120)]
HEARD = ("message", "callback_query", "inline_query", "my_chat_member")
"""The kinds of update that the bot asks Telegram for; the others come too, seldom."""

_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_COMMANDS = [
    "/start",
    "/tap",
    "/top",
    "/profile",
    "/name",
    "/settings",
    "/cancel",
    "/help",
    "/invite",
    "/start ref_abcdefgh",
]
_DATA = ["tap:tap", "tap:open", "tap:resume", "home:open", "leaderboard:open", "profile:open", "invite:open", "x:y:z"]
_HOSTILE = [0, -1, 1, 2**31, 2**53 + 1, 2**63, -(2**63)]
_KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(USERS) | st.integers(1, 2**40) | st.sampled_from(_HOSTILE),
    "update_id": st.integers(1, 2**31) | st.sampled_from(_HOSTILE),
    "type": st.sampled_from(["private", "private", "private", "group", "supergroup", "channel"]) | _TEXT,
    "text": st.sampled_from(_COMMANDS) | _TEXT,
    "data": st.sampled_from(_DATA) | _TEXT,
    "status": st.sampled_from(["member", "kicked", "left", "administrator"]) | _TEXT,
    "is_bot": st.sampled_from([False, False, False, True]),
    "language_code": st.sampled_from(["en", "ru", "pt-BR", "zh-hans"]) | _TEXT,
}
_NAMES = {"from_user": "from"}
_NOT_JSON = ("self", "api_kwargs", "bot", "return")


def updates() -> st.SearchStrategy[dict[str, Any]]:
    """Updates as JSON values: one of what the bot hears, or of anything that Telegram has."""
    kinds = [name for name in _fields(telegram.Update) if name != "update_id"]
    return st.sampled_from([*HEARD * 8, *kinds]).flatmap(_update)


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Examples of a strategy, the same ones in each run."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


def _update(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = _fields(telegram.Update)
    return st.fixed_dictionaries({"update_id": _KNOWN["update_id"], kind: _of(fields[kind][0], DEPTH, kind)})


@functools.cache
def _fields(kind: type) -> dict[str, tuple[Any, bool]]:
    """A class's fields by name: their types, and whether they must be there."""
    known = {**vars(telegram), **vars(sys.modules[kind.__module__])}
    hints = typing.get_type_hints(kind.__init__, known)  # type: ignore[misc]
    parameters = inspect.signature(kind.__init__).parameters  # type: ignore[misc]
    return {
        name: (hints[name], parameters[name].default is inspect.Parameter.empty)
        for name in parameters
        if name in hints and name not in _NOT_JSON
    }


@functools.cache
def _object(kind: type, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    fields = _fields(kind)
    needed = [name for name, (_, must) in fields.items() if must]
    others = [name for name in fields if name not in needed]
    telling = [name for name in others if name in _KNOWN or name in ("from_user", "message", "chat")]

    @st.composite
    def some(draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, Any]:
        chosen = [name for name in telling if draw(st.integers(0, 9))]  # nearly always
        if depth > 0 and others:
            chosen += draw(st.lists(st.sampled_from(others), max_size=SOME_FIELDS, unique=True))
        names = dict.fromkeys([*needed, *chosen])
        return {_NAMES.get(name, name): draw(_of(fields[name][0], depth - 1, name)) for name in names}

    return some()


def _of(hint: Any, depth: int, name: str) -> st.SearchStrategy[Any]:
    """JSON values of a type; `name` is the field's, which may be known better than its type says."""
    plain = {int: st.integers(-(2**53), 2**63), str: _TEXT, bool: st.booleans(), float: st.floats(allow_nan=False)}
    if name in _KNOWN and not isinstance(hint, type(telegram.User)):
        return _KNOWN[name]
    if hint in plain:
        return plain[hint]
    if hint in (dt.datetime, dt.timedelta):
        return st.integers(0, 2**31) | st.sampled_from(_HOSTILE)
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, UnionType):
        return st.one_of([_of(part, depth, "") for part in parts if part is not NoneType])
    if origin is not None and isinstance(origin, type) and issubclass(origin, Sequence):
        return st.lists(_of(parts[0], depth - 1, ""), max_size=2)
    if isinstance(hint, type) and issubclass(hint, telegram.TelegramObject):
        kind: Any = hint  # mypy takes a class for no Hashable
        return _object(kind, depth) if depth >= 0 else st.just({})
    return st.none() | _TEXT
