"""Expanded templates, kept between starts: importing AWS's translator and running it takes a second of each.

A file in `.build/templates` for each template, its parameters and what expands it. Nothing depends on the files being
there: what can't be read is made again, and where nothing can be written, nothing is kept.
"""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / ".build/templates"
_MOST = 50


def key(*of: Any) -> str | None:
    """A name for values that JSON holds, None for others."""
    try:
        return hashlib.sha256(json.dumps(of, sort_keys=True).encode()).hexdigest()
    except TypeError:  # a date, or texts and numbers as keys of one mapping
        return None


def kept(name: str | None, make: Callable[[], dict[str, Any]], folder: Path = FOLDER) -> dict[str, Any]:
    """What is kept under a name; else what `make` returns, kept from now on."""
    if name is None:
        return make()
    file = folder / f"{name}.json"
    try:
        found = json.loads(file.read_bytes())
        if isinstance(found, dict):
            return found
    except (OSError, ValueError):
        pass
    made = make()
    try:
        _keep(file, made)
    except (OSError, TypeError):
        pass
    return made


def _keep(file: Path, made: dict[str, Any]) -> None:
    text = json.dumps(made)
    if json.loads(text) != made:  # numbers as keys, which JSON has not
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}.tmp")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(file)
    by_age = sorted(file.parent.glob("*.json"), key=lambda each: each.stat().st_mtime)
    for old in by_age[:-_MOST]:
        old.unlink(missing_ok=True)
