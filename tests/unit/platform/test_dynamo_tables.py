"""One client of DynamoDB for all tables."""

from __future__ import annotations

import pytest
from support.game import make_settings
from tapstack.leaderboards.dynamo_tables import BoardItem
from tapstack.platform.dynamo_tables import Tables
from tapstack.players.dynamo_tables import PlayerItem, UniqueItem


def test_all_tables_share_one_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client is 0.1 s of a core, and PynamoDB makes one per table and thread where it is let."""
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "us-east-1")
    tables = Tables(make_settings("redis://unused").tables.name_of)
    models = [tables.bind(model) for model in (PlayerItem, UniqueItem, BoardItem)]
    assert {id(model._get_connection().connection.client) for model in models} == {id(tables.connection.client)}
