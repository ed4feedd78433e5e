"""The operator's command line in tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from click.testing import Result

Run = Callable[..., Result]


def said(result: Result) -> Any:
    """What a command has answered in JSON."""
    return json.loads(result.stdout)
