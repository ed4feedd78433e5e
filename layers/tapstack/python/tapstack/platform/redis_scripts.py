"""Loads the concepts' scripts and runs them: by hash, and by text where the server has forgotten them.

The script `play/record_taps` is `play/lua/record_taps.lua`. A line `-- include play/shared/<name>` stands for
`play/lua/shared/<name>.lua`, what several scripts have in common.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from redis.exceptions import NoScriptError

_PACKAGES = Path(__file__).parents[1]
INCLUDE = re.compile(r"^-- include (\w+/shared/\w+)$", re.MULTILINE)
"""A line that stands for a file of what several scripts share."""


class Script(NamedTuple):
    text: str
    sha: str


@cache
def script(name: str) -> Script:
    """The script of a name with the hash that EVALSHA knows it by."""
    text = INCLUDE.sub(lambda found: _text(found[1]), _text(name))
    return Script(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


def _text(name: str) -> str:
    package, _, script_name = name.partition("/")
    return (_PACKAGES / package / "lua" / f"{script_name}.lua").read_text()


class ScriptCall(NamedTuple):
    """A script with what it is called with: a value, whichever client runs it."""

    name: str
    keys: tuple[str, ...]
    args: tuple[str | int, ...]


def call(client: Any, made: ScriptCall) -> Any:
    """Runs a call as `run` does."""
    return run(client, made.name, list(made.keys), list(made.args))


def run(client: Any, name: str, keys: list[str], args: list[Any]) -> Any:
    """Runs a script in one round trip (two the first time a server sees it)."""
    found = script(name)
    try:
        return client.evalsha(found.sha, len(keys), *keys, *args)
    except NoScriptError:
        return client.eval(found.text, len(keys), *keys, *args)
