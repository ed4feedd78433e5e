"""Reads a file of `NAME=value` lines, as python-dotenv does; an unreadable line is an error, not a warning."""

import re
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from tapstack_local.errors import SettingsError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def read_env_file(path: Path) -> dict[str, str]:
    """Return the file's values by name, none if there is no file; raises SettingsError with the line.

    Nothing is interpolated: a `$` in a value stays a `$`.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            bindings = list(parse_stream(stream))
    except FileNotFoundError:
        return {}
    values: dict[str, str] = {}
    for binding in bindings:
        if binding.error or (binding.key is not None and not _NAME.fullmatch(binding.key)):
            raise _malformed(path, binding)
        if binding.key is not None:
            if binding.value is None:
                raise _malformed(path, binding)
            values[binding.key] = binding.value
    return values


def _malformed(path: Path, binding: Binding) -> SettingsError:
    text = binding.original.string
    line = binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")
    return SettingsError(f"{path.name} line {line} is not NAME=value")
