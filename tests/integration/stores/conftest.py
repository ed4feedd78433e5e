"""The DynamoDB stores on each emulator in turn: what they promise holds on both, or it is not DynamoDB's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest
from support.game import create_aws, make_settings
from tapstack.clock import system_clock
from tapstack.domain.paging import Cursors
from tapstack.stores.boards import BoardStore
from tapstack.stores.desk import DeskStore
from tapstack.stores.erasures import ErasureStore
from tapstack.stores.messages import MessageStore
from tapstack.stores.player_index import PlayerIndex
from tapstack.stores.players import PlayerStore
from tapstack.stores.tables import Tables

CURSORS = Cursors(lambda: ("signing-key-of-the-store-tests",))


@dataclass
class Desk:
    """The stores over fresh tables, with a clock that a test turns."""

    tables: Tables
    late_s: int = 0
    players: PlayerStore = field(init=False)

    def __post_init__(self) -> None:
        self.players = PlayerStore(self.tables, self.clock)
        self.index = PlayerIndex(self.players, CURSORS)
        self.erasures = ErasureStore(self.tables)
        self.boards = BoardStore(self.tables, CURSORS)
        self.messages = MessageStore(self.tables, self.clock, CURSORS)
        self.desk = DeskStore(self.tables)

    def clock(self) -> int:
        return system_clock() + self.late_s * 1_000


@pytest.fixture(params=["moto", "ministack"])
def desk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    if request.param == "ministack":
        request.getfixturevalue("aws_endpoint")
        yield Desk(Tables(create_aws(make_settings("redis://unused"))))
        return
    from moto import mock_aws

    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        boto3.setup_default_session()
        yield Desk(Tables(create_aws(make_settings("redis://unused"))))
    boto3.setup_default_session()


@pytest.fixture
def ministack_desk(aws_endpoint: str) -> Desk:
    """The stores on MiniStack, for races: moto's transactions, in this very process, are not isolated."""
    return Desk(Tables(create_aws(make_settings("redis://unused"))))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all AWS calls that are made, in order."""
    return record_calls(monkeypatch)


def record_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    from botocore.client import BaseClient

    made: list[str] = []
    real = BaseClient._make_api_call

    def recorded(self: Any, operation_name: str, api_params: Any) -> Any:
        made.append(operation_name)
        return real(self, operation_name, api_params)

    monkeypatch.setattr(BaseClient, "_make_api_call", recorded)
    return made
