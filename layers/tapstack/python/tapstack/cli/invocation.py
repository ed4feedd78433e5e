"""What all commands share: the game, found when it is first needed, and how to answer."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tapstack.cli.game import find
from tapstack.platform.bounds import MAX_SEARCH

if TYPE_CHECKING:
    from tapstack.composition import OperatorContainer


class Invocation:
    """One run of the command line, by the options that stand before the command."""

    def __init__(self, *, state: Path | None, stack: str, as_json: bool, yes: bool) -> None:
        self._state = state
        self._stack = stack
        self.as_json = as_json
        self.yes = yes

    @cached_property
    def game(self) -> OperatorContainer:
        return find(os.environ, state=self._state, stack=self._stack)

    @property
    def operator(self) -> str:
        """Who the audit log names."""
        return (os.environ.get("TAPSTACK_OPERATOR") or os.environ.get("USER") or "operator")[:MAX_SEARCH]
