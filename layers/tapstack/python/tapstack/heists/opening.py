"""Beginning a heist: its question is chosen at that moment, and lies nowhere before."""

from __future__ import annotations

import base64
import logging
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tapstack.heists import rules
from tapstack.heists.announcing import tell_begun
from tapstack.heists.model import Audience, Heist, Kind, Prize, Stored
from tapstack.heists.pools import data
from tapstack.platform.errors import Conflict, StoreUnavailable

if TYPE_CHECKING:
    from tapstack.heists.ports import OpenPorts

log = logging.getLogger(__name__)

WORLD = "world"
TRIES = 5


def begin_due(ports: OpenPorts) -> Stored | None:
    """The heist of the whole game that runs now, begun if nobody has begun it; None while there is none.

    It begins when both the caller's clock and Redis's, which answers go by, say so.
    """
    now_ms = ports.clock()
    slot = rules.running_slot(data().schedule, now_ms)
    if slot is None:
        return None
    stored = ports.heists.get(slot.id)
    if stored:
        return stored
    if ports.live_heists.now_ms() < slot.starts_ms:
        return None
    kind, planned = slot.planned.kind, slot.planned
    for _ in range(TRIES):
        audience = ports.heists.audience(WORLD)
        heist = _heist(ports, slot.id, (kind,), audience, slot.starts_ms, planned.duration_s, planned.prize)
        if heist is None:
            log.error("no question is left for %s", slot.id)
            return None
        if ports.heists.begin(heist, WORLD, _asked(audience, heist)):
            return _begun(ports, heist)
        stored = ports.heists.get(slot.id)
        if stored:
            return stored
    raise StoreUnavailable("too much is happening at once", retry_after_s=1)


def begin_in_group(ports: OpenPorts, chat_id: int, language: str) -> Stored:
    """Begins a heist in a group; the one that runs there, if there is one.

    Raises Conflict (`heist_too_early`, with when the next one may begin) before that time.
    """
    groups = data().schedule.groups
    for _ in range(TRIES):
        now_ms = ports.clock()
        audience = ports.heists.audience(str(chat_id))
        last = ports.heists.get(audience.last_id) if audience.last_id else None
        if last and last.result is None and now_ms < last.heist.ends_ms:
            return last
        next_ms = audience.last_ms + groups.cooldown_s * 1_000
        if audience.last_id and now_ms < next_ms:
            raise Conflict("this group has had a heist lately", code="heist_too_early", wait_ms=next_ms - now_ms)
        at_ms = ports.live_heists.now_ms()
        heist = _heist(
            ports, _group_id(at_ms), groups.kinds, audience, at_ms, groups.duration_s, groups.prize, chat_id, language
        )
        if heist is None:
            raise Conflict("this group has answered everything", code="heist_too_early", wait_ms=rules.REPEAT_MS)
        if ports.heists.begin(heist, str(chat_id), _asked(audience, heist)):
            return _begun(ports, heist)
    raise StoreUnavailable("too much is happening at once", retry_after_s=1)


def _group_id(at_ms: int) -> str:
    """An id that nobody can guess: who knows it is of the group, or was told."""
    day = datetime.fromtimestamp(at_ms / 1_000, UTC)
    return f"g{day:%Y%m%d}-{base64.b32encode(secrets.token_bytes(8)).decode().rstrip('=').lower()}"


def _heist(
    ports: OpenPorts,
    heist_id: str,
    kinds: tuple[Kind, ...],
    audience: Audience,
    starts_ms: int,
    duration_s: int,
    prize: Prize,
    chat_id: int = 0,
    language: str = "",
) -> Heist | None:
    """A heist with a question that its audience was not asked lately; None where none is left."""
    found, key = data(), ports.chance.key
    for kind in rules.shuffled(list(kinds), key, f"kind {heist_id}"):
        used = rules.recent(audience.asked.get(kind, {}), starts_ms)
        asked = rules.ask(found.pools, key, heist_id, kind, used)
        if asked:
            return Heist(
                id=heist_id,
                kind=kind,
                starts_ms=starts_ms,
                ends_ms=starts_ms + duration_s * 1_000,
                tries=found.schedule.tries[kind],
                gap_ms=found.schedule.gap_ms,
                prize=prize,
                asked=asked,
                chat_id=chat_id,
                language=language,
            )
    return None


def _asked(audience: Audience, heist: Heist) -> Audience:
    """What an audience was asked of late, this heist included."""
    asked = {kind: rules.recent(known, heist.starts_ms) for kind, known in audience.asked.items()}
    asked[heist.kind] = {**asked.get(heist.kind, {}), heist.asked.id: heist.starts_ms}
    return Audience(audience.seq + 1, heist.id, heist.starts_ms, asked)


def _begun(ports: OpenPorts, heist: Heist) -> Stored:
    """Makes a heist known where answers are taken, and tells those who are there. Whoever answers makes up for it."""
    try:
        ports.live_heists.load(heist, {})
    except StoreUnavailable as error:
        log.info("loaded by the first answer: %s", error.message)
    tell_begun(ports, heist)
    return Stored(heist)
