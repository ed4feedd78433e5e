"""The release before versions, as far as it touches counters: its codecs and its scripts, frozen (commit d52364c).

It unpacks rows by position, writes items whole, and forgets what it doesn't know. Nothing here follows a change of the
game: what this release writes has to be read by that code as it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from tapstack.platform.dynamo import put_all
from tapstack.platform.redis_client import available
from tapstack.platform.redis_scripts import ScriptCall
from tapstack.play import redis_keys as keys
from tapstack.play.dynamo_counters import CounterStore
from tapstack.play.dynamo_items import HISTORY_KEPT_S
from tapstack.play.model import CountedUpdate, Counter, EndedSession, Reading, SessionState, check
from tapstack.play.redis_play import RedisPlay
from tapstack.play.redis_saving import RedisSaving
from tapstack.play.rules.periods import Periods, PeriodTotal
from tapstack.players.rules.identity import bucket_of

RECORDED = Path(__file__).parents[2] / "fixtures/releases/d52364c"
STORED: dict[str, Any] = json.loads((RECORDED / "stored.json").read_text())
"""What that release wrote in a short game: raw items by table, hashes, the published board, a signed button."""

SCRIPTS = {
    f"play/{new}": (RECORDED / f"lua/{old}.lua").read_text()
    for new, old in {
        "record_taps": "record_taps",
        "open_session": "open_session",
        "load_player": "load_player",
        "end_session": "end_session",
        "evict_player": "settle_player",
        "take_ticket": "take_ticket",
    }.items()
}

TICKET = 12
"""Arguments of its load_player.lua before those of the sessions."""

ENERGY, ANSWERED = 11, 10
"""Arguments and answers of its record_taps.lua before those for a callback."""


def _periods(day: int, packed: str) -> Periods:
    n = [int(part) for part in packed.split(":")]
    before = [PeriodTotal(*n[i : i + 3]) if n[i] else None for i in (3, 6, 9)]
    return Periods(day, (n[0], n[1], n[2]), (before[0], before[1], before[2]))


def counter_of_item(item: Mapping[str, Any]) -> Counter:
    """Its reading of a raw item of the counters table."""
    sessions = {key: SessionState(*row) for key, row in json.loads(item["sessions"]["S"]).items()}
    periods = _periods(*json.loads(item["periods"]["S"])) if "periods" in item else None
    pressed = CountedUpdate(*json.loads(item["pressed"]["S"])) if "pressed" in item else None
    clicks, spent_us, at_ms = (int(item[name]["N"]) for name in ("clicks", "spent_us", "last_tap_at_ms"))
    return check(Counter(item["id"]["S"], clicks, spent_us, at_ms, sessions, periods, pressed))


def item_of_counter(counter: Counter) -> dict[str, Any]:
    """Its raw item: whole, and with nothing else."""
    item = {
        "id": {"S": counter.player_id},
        "clicks": {"N": str(counter.clicks)},
        "spent_us": {"N": str(counter.tat_us)},
        "last_tap_at_ms": {"N": str(counter.last_tap_at_ms)},
        "sessions": {
            "S": json.dumps({key: [s.taps, s.started_at_ms, s.ended_at_ms] for key, s in counter.sessions.items()})
        },
    }
    if counter.periods:
        item["periods"] = {"S": json.dumps([counter.periods.day, counter.periods.packed()])}
    if counter.counted_update:
        item["pressed"] = {"S": json.dumps(list(counter.counted_update))}
    return item


def counter_of_hash(player_id: str, fields: Mapping[str, str]) -> Counter:
    """Its reading of a player's hash."""
    sessions = {}
    for name, value in fields.items():
        if name.startswith("w:"):
            key = name[2:]
            sessions[key] = SessionState(int(value), int(fields.get(f"b:{key}", 0)))
        elif name.startswith("e:"):
            taps, started, ended = value.split(":")
            sessions[name[2:]] = SessionState(int(taps), int(started), int(ended))
    periods = _periods(int(fields["day"]), fields.get("per", "")) if "day" in fields else None
    pressed = CountedUpdate(int(fields["u"]), int(fields.get("u_at", ""))) if "u" in fields else None
    spent_us = float(fields["spent"])
    if not isfinite(spent_us):
        raise ValueError(f"spent is {fields['spent']}")
    return check(Counter(player_id, int(fields["c"]), int(spent_us), int(fields["at"]), sessions, periods, pressed))


class Play(RedisPlay):
    """Its scripts, which take and answer what today's do but for what has come since."""

    def _call(self, call: ScriptCall) -> Any:
        if call.name != "play/record_taps":
            return self._run(call.name, [*call.keys], [*call.args])
        args = call.args[:ENERGY] + call.args[ENERGY + 2 :]
        with available():
            answer = self.client.eval(SCRIPTS[call.name], len(call.keys), *call.keys, *args)
        return [*answer[:ANSWERED], 0, 0, *answer[ANSWERED:]] if answer[0] > 0 else answer

    def _run(self, name: str, script_keys: list[str], args: list[Any]) -> Any:
        if name not in SCRIPTS:
            return super()._run(name, script_keys, args)
        if name == "play/load_player":
            unknown = 2 * int(args[TICKET + 1])
            args = args[:TICKET] + args[TICKET + 4 + unknown :]
        with available():
            return self.client.eval(SCRIPTS[name], len(script_keys), *script_keys, *args)


class Saving(RedisSaving):
    """Reads hashes as that release did; fails where it would have."""

    def read_each(self, player_ids: Sequence[str]) -> Reading:
        found = []
        for player_id in player_ids:
            fields = self.client.hgetall(keys.player(bucket_of(player_id, self.buckets), player_id))
            if fields:
                found.append(counter_of_hash(player_id, fields))
        return Reading(found, [])


class Counters(CounterStore):
    """Reads items as that release did, and writes them whole."""

    def get(self, player_id: str) -> Counter | None:
        name = self.tables.name_of("counters")
        found = self.tables.connection.client.get_item(
            TableName=name, Key={"id": {"S": player_id}}, ConsistentRead=True
        )
        return counter_of_item(found["Item"]) if "Item" in found else None

    def put(self, counters: Sequence[Counter]) -> None:
        put_all(self.tables.client, self.tables.name_of("counters"), [item_of_counter(each) for each in counters])

    def scan_page(self, after: str | None, *_: Any) -> tuple[list[Counter], str | None]:
        name = self.tables.name_of("counters")
        page = self.tables.connection.client.scan(TableName=name, ConsistentRead=True)
        assert not after
        return [counter_of_item(item) for item in page["Items"]], None

    def _put_line(self, line: EndedSession) -> bool:
        client, name = self.tables.connection.client, self.tables.name_of("sessions")
        item = {
            "player_id": {"S": line.player_id},
            "session_key": {"S": line.session_key},
            "taps": {"N": str(line.taps)},
            "started_at_ms": {"N": str(line.started_at_ms)},
            "ended_at_ms": {"N": str(line.ended_at_ms)},
            "expires_at_s": {"N": str(line.ended_at_ms // 1_000 + HISTORY_KEPT_S)},
        }
        try:
            client.put_item(
                TableName=name,
                Item=item,
                ConditionExpression="attribute_not_exists(player_id) OR taps <= :taps",
                ExpressionAttributeValues={":taps": item["taps"]},
            )
        except client.exceptions.ConditionalCheckFailedException:
            return False
        return True
