"""The description of the WebSocket is what the code sends and takes, and the Mini App's types are made from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, get_args

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest
from support.game import Game
from support.servers import ROOT
from tapstack.live import events, frames
from tapstack.live.asyncapi import document

DOCUMENT = json.loads(json.dumps(document()))
MINIAPP = ROOT / "miniapp"


def test_snapshot_is_what_the_code_says() -> None:
    """`npm run check` makes the types from this copy anew, and fails if they differ."""
    kept = json.loads((MINIAPP / "asyncapi.json").read_text(encoding="utf-8"))
    assert kept == DOCUMENT, "run `python -m tapstack.live.asyncapi > miniapp/asyncapi.json`, then `make types`"


def test_document_served_is_the_document(game: Game) -> None:
    answer = game.call("live", "GET", "/asyncapi.json")
    assert answer.body == DOCUMENT
    assert answer.body["asyncapi"].startswith("3.")


def test_every_reference_leads_somewhere() -> None:
    for reference in references(DOCUMENT):
        found = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


def test_every_frame_and_event_has_a_type_of_the_mini_app() -> None:
    made = (MINIAPP / "src/api/live-schema.ts").read_text(encoding="utf-8")
    for union in (frames.ClientFrame, frames.ServerFrame, events.Event):
        for struct in get_args(union):
            found = re.search(rf"^ {{8}}{struct.__name__}: \{{(.*?)^ {{8}}\}};", made, re.DOTALL | re.MULTILINE)
            assert found, struct
            assert f'type: "{struct.__struct_config__.tag}";' in found[1]
            for field in msgspec.structs.fields(struct):
                assert re.search(rf"^ {{12}}{field.encode_name}\??: ", found[1], re.MULTILINE), (struct, field.name)


ADA = events.Person(id="0" * 16, name="Ada")
MESSAGE = events.Message(by=ADA, text="Hi")
VIEW = frames.RoomView(
    room="lobby:main",
    epoch="0123456789abcdef",
    seq=1,
    online=1,
    gap=False,
    entries=[frames.Entry(seq=1, at_ms=1, event=MESSAGE)],
)
SERVER = [
    frames.Entered(view=VIEW),
    frames.Happened(room=VIEW.room, epoch=VIEW.epoch, entries=VIEW.entries),
    frames.Told(event=events.Changed(what="wallet")),
    frames.Said(room=VIEW.room, op="op", seq=1),
    frames.Refused(code="room_full", message="this room is full"),
    frames.Pong(rooms=[frames.RoomAt(room=VIEW.room, epoch=VIEW.epoch, seq=1, online=1)]),
]
OP = "01890000-0000-7000-8000-000000000000"
CLIENT: list[dict[str, Any]] = [
    {"type": "enter", "room": "lobby:main"},
    {"type": "enter", "room": "lobby:main", "epoch": "0123456789abcdef", "after": 3},
    {"type": "leave", "room": "faction%3A1"},
    {"type": "say", "room": "duel:1", "op": OP, "text": "Hi"},
    {"type": "ping", "rooms": ["lobby:main"]},
    {"type": "ping"},
]
NOT_CLIENT: list[Any] = [
    {"type": "dance"},
    {"type": "enter", "room": "palace:1"},
    {"type": "enter", "room": "lobby:main", "after": -1},
    {"type": "say", "room": "duel:1", "op": OP, "text": ""},
    {"type": "say", "room": "duel:1", "op": OP, "text": "x" * 401},
    {"type": "say", "room": "duel:1", "op": "op", "text": "Hi"},
    {"type": "ping", "rooms": ["lobby:main"] * 9},
    [],
]


@pytest.mark.parametrize("frame", SERVER, ids=lambda frame: type(frame).__name__)
def test_what_is_sent_is_what_is_described(frame: Any) -> None:
    assert {type(each) for each in SERVER} == set(get_args(frames.ServerFrame))
    validator("ServerFrame").validate(json.loads(frames.encode(frame)))


def test_what_is_taken_is_what_is_described() -> None:
    for frame in CLIENT:
        validator("ClientFrame").validate(frame)
        frames.decode_client.decode(json.dumps(frame))
    for frame in NOT_CLIENT:
        assert not validator("ClientFrame").is_valid(frame), frame
        with pytest.raises(msgspec.ValidationError):
            frames.decode_client.decode(json.dumps(frame))


def validator(schema: str) -> Any:
    resolved = {"$ref": f"#/components/schemas/{schema}", "components": DOCUMENT["components"]}
    return jsonschema.Draft202012Validator(resolved)


def references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from references(each)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            elif name == "mapping":
                yield from value.values()
            else:
                yield from references(value)
