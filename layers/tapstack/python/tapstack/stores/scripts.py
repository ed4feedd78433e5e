"""Loads the scripts in lua/ and runs them: by hash, and by text where the server has forgotten them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from redis.exceptions import NoScriptError

_FOLDER = Path(__file__).with_name("lua")


class Script(NamedTuple):
    text: str
    sha: str


@cache
def script(name: str) -> Script:
    """The script in lua/<name>.lua with the hash that EVALSHA knows it by."""
    text = (_FOLDER / f"{name}.lua").read_text()
    return Script(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


def run(client: Any, name: str, keys: list[str], args: list[Any]) -> Any:
    """Runs a script in one round trip (two the first time a server sees it)."""
    found = script(name)
    try:
        return client.evalsha(found.sha, len(keys), *keys, *args)
    except NoScriptError:
        return client.eval(found.text, len(keys), *keys, *args)
