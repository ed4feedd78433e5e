"""Items are brought up to date when they are read, and what this release does not know is kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.admin.migrations import SCHEMAS
from tapstack.broadcasts.dynamo_tables import BroadcastItem
from tapstack.economy.schemas import COMMONS, HOLDINGS
from tapstack.leaderboards.dynamo_tables import BoardItem
from tapstack.league.dynamo_tables import DivisionItem
from tapstack.platform.dynamo_tables import VersionedModel
from tapstack.platform.versions import Item, Schema, from_json, numbered, to_json
from tapstack.play.dynamo_items import counter_item, counter_of
from tapstack.play.schemas import COUNTERS, SESSIONS
from tapstack.players.dynamo_tables import PlayerItem
from tapstack.telegram.dynamo_tables import ChatItem

MODELS: list[type[VersionedModel]] = [PlayerItem, ChatItem, BoardItem, DivisionItem, BroadcastItem]


def renamed(item: Item) -> Item:
    if "old" in item:
        item["new"] = item.pop("old")
    return item


def counted(item: Item) -> Item:
    return {**item, "count": {"N": "0"}}


SCHEMA = Schema("things", ("id",), (numbered, renamed, counted))

VALUES: Any = st.recursive(
    st.one_of(
        st.builds(lambda n: {"N": str(n)}, st.integers()),
        st.builds(lambda s: {"S": s}, st.text()),
        st.builds(lambda b: {"B": b}, st.binary()),
        st.builds(lambda b: {"BOOL": b}, st.booleans()),
        st.just({"NULL": True}),
        st.builds(lambda many: {"SS": many}, st.lists(st.text(), min_size=1, unique=True)),
        st.builds(lambda many: {"BS": many}, st.lists(st.binary(), min_size=1, unique=True)),
    ),
    lambda inner: st.one_of(
        st.builds(lambda many: {"L": many}, st.lists(inner)),
        st.builds(lambda many: {"M": many}, st.dictionaries(st.text(), inner)),
    ),
)


@pytest.mark.parametrize("version", [None, 0, 1])
def test_older_item_gets_the_upcasts_that_it_lacks(version: int | None) -> None:
    item: Item = {"id": {"S": "a"}, "old": {"S": "x"}} | ({"v": {"N": str(version)}} if version is not None else {})
    before = dict(item)
    assert SCHEMA.upcast(item) == {"id": {"S": "a"}, "new": {"S": "x"}, "count": {"N": "0"}, "v": {"N": "3"}}
    assert item == before


@pytest.mark.parametrize("version", [3, 4, 99])
def test_current_and_newer_items_are_read_as_they_are(version: int) -> None:
    item = {"id": {"S": "a"}, "old": {"S": "x"}, "v": {"N": str(version)}}
    assert SCHEMA.upcast(item) is item


def test_upcast_tolerates_a_read_of_a_few_attributes() -> None:
    assert SCHEMA.upcast({"id": {"S": "a"}})["v"] == {"N": "3"}


@pytest.mark.parametrize("value", [{"S": "3"}, {"N": "-1"}, {"N": "1.5"}, {"N": "²"}])
def test_version_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="no version"):
        SCHEMA.upcast({"id": {"S": "a"}, "v": value})


@given(VALUES)
def test_any_attribute_comes_back_from_json(value: Any) -> None:
    assert from_json(to_json(value)) == value


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.table))
def test_every_versioned_table_can_be_migrated_by_its_key(model: Any) -> None:
    schema = SCHEMAS[model.table]
    assert schema is model.schema
    keys = [a for a in model.get_attributes().values() if a.is_hash_key or a.is_range_key]
    assert {attribute.attr_name for attribute in keys} == set(schema.key)


def test_nothing_else_is_migrated() -> None:
    raw = {schema.table for schema in (COUNTERS, SESSIONS, HOLDINGS, COMMONS)}
    assert {model.schema.table for model in MODELS} | raw == set(SCHEMAS)


def test_model_writes_its_version_and_all_that_was_read() -> None:
    raw = {
        "id": {"S": "5"},
        "version": {"N": "1"},
        "body": {"S": "{}"},
        "expires_at_s": {"N": "9"},
        "league": {"S": "gold"},
    }
    assert ChatItem.from_raw_data(dict(raw)).serialize() == raw | {"v": {"N": "1"}}
    assert ChatItem.from_raw_data(raw | {"v": {"N": "8"}}).serialize()["v"] == {"N": "8"}


def test_counter_is_written_with_its_version_and_all_that_was_read() -> None:
    raw = {
        "id": {"S": "a"},
        "clicks": {"N": "1"},
        "spent_us": {"N": "0"},
        "last_tap_at_ms": {"N": "1"},
        "sessions": {"S": "{}"},
        "league": {"M": {"badge": {"B": b"\x00\xff"}}},
    }
    assert counter_item(counter_of(dict(raw))) == raw | {"v": {"N": "1"}}
    assert counter_item(counter_of(raw | {"v": {"N": "8"}}))["v"] == {"N": "8"}
