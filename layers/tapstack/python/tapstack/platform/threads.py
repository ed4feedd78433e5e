"""Work that waits for a store, taken off an event loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
R = TypeVar("R")


async def in_thread(work: Callable[Arguments, R], *args: Arguments.args, **kwargs: Arguments.kwargs) -> R:
    """What `work` returns or raises, from one of the loop's threads; its log lines bear the caller's request id."""
    import asyncio  # functions that run no loop need not load it

    return await asyncio.to_thread(work, *args, **kwargs)
