"""The game in this process, over a real Redis and MiniStack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.game import Game, TestContainer, create_aws, make_settings
from tapstack import bootstrap

MakeGame = Callable[..., Game]


@pytest.fixture
def make_game(redis_url: str, aws_endpoint: str) -> Iterator[MakeGame]:
    """Makes games with tables of their own; `now_ms` injects the clock, other options are settings."""

    def make(now_ms: Callable[[], int] | None = None, **changes: Any) -> Game:
        return Game(TestContainer(create_aws(make_settings(redis_url, **changes)), now_ms))

    yield make
    bootstrap.use(None)


@pytest.fixture
def game(make_game: MakeGame) -> Game:
    return make_game()
