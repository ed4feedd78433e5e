"""The game in this process, over a real Redis and MiniStack."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import botocore.session
import pytest
from botocore import hooks
from support.aws_calls import BotoCalls
from support.bot_fixtures import bot, hasty, local_telegram, stores, telegram  # noqa: F401
from support.dynamo_stores import DynamoStores, recorded_calls
from support.game import Game, TestContainer, create_aws, make_settings
from support.permissions import refused
from support.racing import ManualClock
from tapstack import composition
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.settings import Settings

# Every test has sessions of its own. For each, botocore reads the same folders and megabytes of JSON, looks for other
# names of the same 120 events, and at how the same handlers are called.
botocore.session.create_loader = functools.cache(botocore.session.create_loader)
_alias_of = functools.cache(hooks.EventAliaser(hooks.HierarchicalEmitter())._alias_event_name)
hooks.EventAliaser._alias_event_name = lambda _, name: _alias_of(name)
_accepts_kwargs = functools.cache(hooks.accepts_kwargs)
hooks.accepts_kwargs = lambda handler: _accepts_kwargs(getattr(handler, "__func__", handler))

MakeGame = Callable[..., Game]


@pytest.fixture
def make_game(redis_url: str, aws_endpoint: str) -> Iterator[MakeGame]:
    """Makes games with tables of their own; `now_ms` injects the clock, other options are settings.

    Fails where a function called AWS as its role does not allow, or read a secret that it does not hold.
    """
    made: list[TestContainer] = []
    settings: list[Settings] = []

    def make(now_ms: Callable[[], int] | None = None, **changes: Any) -> Game:
        settings.append(create_aws(make_settings(redis_url, **changes)))
        made.append(TestContainer(settings[-1], now_ms))
        return Game(made[-1])

    with refused(settings) as refusals:
        yield make
    assert not refusals, "template.yaml doesn't allow what functions have done"
    composition.use(None)
    for container in made:
        if "redis" in container.__dict__:
            container.redis.connection_pool.disconnect()


@pytest.fixture
def game(make_game: MakeGame) -> Game:
    return make_game()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def timed_game(make_game: MakeGame, clock: ManualClock) -> Game:
    """A game whose rules go by the manual clock; leases and claims go by Redis's own."""
    return make_game(clock)


@pytest.fixture(params=["moto", "ministack"])
def dynamo_stores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoStores]:
    """The stores on each emulator in turn: what they promise holds on both, or it is not DynamoDB's."""
    if request.param == "ministack":
        request.getfixturevalue("aws_endpoint")
        yield DynamoStores(Tables(create_aws(make_settings("redis://unused")).tables.name_of))
        return
    from moto import mock_aws

    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        boto3.setup_default_session()
        yield DynamoStores(Tables(create_aws(make_settings("redis://unused")).tables.name_of, BotoCalls()))
    boto3.setup_default_session()


@pytest.fixture
def ministack_stores(aws_endpoint: str) -> DynamoStores:
    """The stores on MiniStack, for races: moto's transactions, in this very process, are not isolated."""
    return DynamoStores(Tables(create_aws(make_settings("redis://unused")).tables.name_of))


@pytest.fixture
def calls() -> Iterator[list[str]]:
    """The names of all AWS calls that are made, in order."""
    with recorded_calls() as made:
        yield made
