"""Games whose functions are asked by their asynchronous entries, as the embedded runtime asks them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from tapstack import composition
from tapstack.platform.redis_pipeline import Pipeline

from support.game import Context, Game, Ports
from support.permissions import running

S = TypeVar("S")


@dataclass
class AsyncGame(Game[Ports]):
    """A game on an event loop of this thread; what an entry declines goes to the handler."""

    runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    served: int = 0
    """How many requests were answered on the loop."""

    def _invoke(self, function: str, handler: str, event: Mapping[str, Any]) -> Any:
        entry = getattr(self.function(function), "serve", None) if handler == "app" else None
        if entry:
            composition.use(cast(composition.Container, self.stores))
            with running(function):
                # In this context: the runner would keep the one of its first call, and with it that function.
                answer = self.runner.run(entry(dict(event), Context()), context=copy_context())
            if answer is not None:
                self.served += 1
                return answer
        return super()._invoke(function, handler, event)


@contextmanager
def served_async(stores: S) -> Iterator[AsyncGame[S]]:
    """A game over some stores, for the duration of a with-block."""
    game = AsyncGame(stores)
    try:
        yield game
    finally:
        pipeline = vars(stores).get("pipeline")
        if isinstance(pipeline, Pipeline):
            game.runner.run(pipeline.close())
        game.runner.close()
