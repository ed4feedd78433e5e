"""What an operator does to one player or to the boards, recorded with who did it and why."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapstack.admin.dynamo_audit import AuditEntry
from tapstack.platform.bounds import MAX_CLICKS, MAX_SEARCH, MAX_TELEGRAM_ID
from tapstack.platform.errors import BadRequest, GameError, NotFound, StoreUnavailable
from tapstack.play.dynamo_counters import log_unreadable
from tapstack.play.model import Counter
from tapstack.play.redis_play import Refusal
from tapstack.play.saving import sync_bucket
from tapstack.play.taps import load_player, tickets
from tapstack.players.model import Player
from tapstack.players.rules.identity import PLAYER_ID, bucket_of

if TYPE_CHECKING:
    from tapstack.ports import Stores

RUN_MS = 60_000
PAGE_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """Something about a player that Redis and DynamoDB disagree on; None where one of them knows nothing."""

    player_id: str
    what: str
    redis: int | None
    dynamodb: int | None


def find(stores: Stores, text: str, *, limit: int = 20) -> list[Player]:
    """Players by whatever an operator has: id, Telegram id, @username, referral code, or how a name starts."""
    if not 0 < len(text) <= MAX_SEARCH:
        return []
    lookups: list[Callable[[], Player | None]] = []
    if PLAYER_ID.fullmatch(text):
        lookups.append(lambda: stores.players.get(text))
    if text.isascii() and text.isdigit() and int(text) <= MAX_TELEGRAM_ID:
        lookups.append(lambda: stores.players.by_telegram_id(int(text)))
    lookups.append(lambda: stores.players.by_username(text.removeprefix("@")))
    lookups.append(lambda: stores.players.by_ref_code(text.removeprefix("ref_")))
    for lookup in lookups:
        try:
            if found := lookup():
                return [found]
        except GameError:
            continue
    by_name = list(stores.player_index.search(text, limit=limit).items)
    by_username = stores.player_index.search(text.removeprefix("@"), by="username", limit=limit).items
    return [*by_name, *(p for p in by_username if p.id not in {q.id for q in by_name})][:limit]


def find_one(stores: Stores, text: str) -> Player:
    """The one player that a text names; raises NotFound where it names none, or several."""
    found = find(stores, text, limit=2)
    if len(found) != 1:
        raise NotFound(f"{text!r} names {'several players' if found else 'no player'}", code="player_unknown")
    return found[0]


def note(stores: Stores, player_id: str, action: str, operator: str, reason: str, **data: object) -> None:
    """Records what was done to a player."""
    entry = AuditEntry(player_id, stores.clock(), action, operator, reason, data)
    stores.audit.note(entry, secrets.token_hex(4))


def adjust(stores: Stores, player_id: str, by: int, *, operator: str, reason: str) -> int:
    """Changes a player's clicks, never below 0, and saves it at once; days, weeks and months stay. The clicks after.

    It is recorded before it is done, so that nothing is ever done in silence. Raises BadRequest for a number beyond
    all bounds, Conflict (`too_many_clicks`) where the player would have too many.
    """
    if not -MAX_CLICKS <= by <= MAX_CLICKS:
        raise BadRequest(f"no change by more than {MAX_CLICKS:,} clicks", code="validation_failed", field="by")
    stores.players.get(player_id)
    note(stores, player_id, "adjust", operator, reason, by=by)
    clicks = stores.live_admin.adjust(player_id, by)
    if clicks is None:
        load_player(stores, player_id)
        clicks = stores.live_admin.adjust(player_id, by)
    if clicks is None:
        raise NotFound("this player is just being evicted: try again", code="player_unknown")
    sync_bucket(stores, bucket_of(player_id, stores.settings.buckets), lambda: RUN_MS)
    return clicks


def _saved(stores: Stores, unreadable: Callable[[str, str], object] = log_unreadable) -> Iterator[list[Counter]]:
    """All saved counters, page by page; one that fails is asked for again: nobody waits but the operator.

    Those that can't be read are skipped: `unreadable` hears their ids, or else the log has them.
    """
    cursor: str | None = None
    while True:
        for patience in range(PAGE_ATTEMPTS, 0, -1):
            try:
                page, cursor = stores.counters.scan_page(cursor, unreadable=unreadable)
                break
            except StoreUnavailable:
                if patience == 1:
                    raise
        yield page
        if cursor is None:
            return


def verify(stores: Stores, seen: Callable[[int], None] = lambda _: None) -> Iterator[Difference]:
    """Compares every saved player with Redis; `seen` hears how many were looked at. Reads the whole table.

    What waits for a sync is no difference; who could not be saved is one, and so is who can't be read. Reading takes
    its time: who taps meanwhile is looked at twice.
    """
    for player_id in stores.live_admin.refused():
        yield Difference(player_id, "could not be saved", None, None)
    unreadable: list[str] = []
    for page in _saved(stores, lambda player_id, _: unreadable.append(player_id)):
        for player_id in unreadable:
            yield Difference(player_id, "can't be read in DynamoDB", None, None)
        unreadable.clear()
        doubtful = [row.player_id for row in _differences(stores, page)]
        again = [c for c in (stores.counters.get(i) for i in dict.fromkeys(doubtful)) if c]
        yield from _differences(stores, again)
        seen(len(page))


def _differences(stores: Stores, saved: list[Counter]) -> Iterator[Difference]:
    ids = [c.player_id for c in saved]
    reading = stores.saving.read_each(ids)
    live = {c.player_id: c.clicks for c in reading.counters}
    for bad in reading.unreadable:
        yield Difference(bad.player_id, "can't be read in Redis", None, None)
    places = stores.live_admin.places(ids)
    for counter in saved:
        i = counter.player_id
        shown, hidden, unsaved = places[i]
        if i in live and not unsaved and live[i] != counter.clicks:
            yield Difference(i, "clicks", live[i], counter.clicks)
        known = live.get(i, counter.clicks)
        if hidden and shown is not None:
            yield Difference(i, "hidden player on the board", shown, known)
        elif not hidden and shown is None:
            yield Difference(i, "missing on the board", None, known)
        elif not hidden and shown != known and not unsaved:
            yield Difference(i, "clicks on the board", shown, known)


def _repair(stores: Stores, saved: Counter) -> bool:
    """A page is old by the time its last row is looked at: what it would change is read once more, alone."""
    player_id = saved.player_id
    done = stores.live_admin.repair(player_id, saved.clicks, saved.last_tap_at_ms)
    if done is not Refusal.STALE:
        return bool(done)
    for ticket in tickets(stores, player_id):
        now = stores.counters.get(player_id)
        done = stores.live_admin.repair(player_id, now.clicks, now.last_tap_at_ms, ticket) if now else False
        if done is not Refusal.STALE:
            break
    return bool(done)


def rebuild_boards(stores: Stores, seen: Callable[[int], None] = lambda _: None) -> int:
    """Puts every entry of the boards right, from what is live or else saved; how many were wrong."""
    changed = 0
    for page in _saved(stores):
        changed += sum(_repair(stores, c) for c in page)
        stores.period_boards.rank(page, stores.clock())
        seen(len(page))
    stores.period_boards.rank_changed(stores.clock())
    return changed
