"""Saying something in a room, and reading what was said."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tapstack.live import frames, rules
from tapstack.live.events import Message, Person, Removed, known
from tapstack.live.events import encode as encode_event
from tapstack.live.model import Posting, Room
from tapstack.live.publishing import entries_of
from tapstack.platform.errors import BadRequest, Conflict, Forbidden, NotFound
from tapstack.players.accounts import refuse_banned
from tapstack.players.model import ModerationStatus
from tapstack.players.names import name_for_others

if TYPE_CHECKING:
    from tapstack.live.ports import ReadRoomPorts, SayPorts
    from tapstack.players.model import Player

_WORDS = Path(__file__).with_name("blocked_words.txt")


def admit(ports: ReadRoomPorts, player_id: str, room: str) -> None:
    """Raises NotFound (`room_unknown`) for a room of no kind that there is, Forbidden (`room_closed`)."""
    kind, key = rules.kind_of(room)
    door = ports.doors.get(kind)
    if door is None:
        raise NotFound("there is no such room", code="room_unknown")
    if not door(player_id, key):
        raise Forbidden("this room is not yours", code="room_closed")


def read(ports: ReadRoomPorts, player_id: str, room: str, epoch: str, after: int) -> frames.RawRoomView:
    """What happened in a room; raises NotFound, Forbidden or StoreUnavailable."""
    admit(ports, player_id, room)
    return view_of(room, ports.rooms.look(room, epoch, after), epoch, after)


def view_of(room: str, found: Room, epoch: str, after: int) -> frames.RawRoomView:
    """A room as it is shown to a client that knows it up to `after` of `epoch`."""
    gap = bool(epoch) and (epoch != found.epoch or after > found.seq or _lacks(found, after))
    entries = entries_of(found.kept)
    return frames.RawRoomView(
        room=room, epoch=found.epoch, seq=found.seq, online=found.online, gap=gap, entries=entries
    )


def _lacks(found: Room, after: int) -> bool:
    """Whether any number since is neither kept nor said to be removed.

    Whoever misses what says so misses that, too: it comes later than the messages that it names.
    """
    since, there = found.seq - after, {each.seq for each in found.kept}
    if len(there) < since:
        removals = [event for each in found.kept if isinstance(event := known(each.event), Removed)]
        there.update(number for event in removals for number in event.messages if number > after)
    return len(there) < since


def say(ports: SayPorts, player_id: str, room: str, op: str, text: str) -> int:
    """Says something in a room, once for its op; returns its number there.

    What a shadow-banned player says is answered alike, and nobody hears it.

    Raises what `admit` does, BadRequest for what may not be said, or not at such length (`message_long`), Conflict
    (`op_expired`), Forbidden (`banned`, `muted` with `until_ms`), NotFound (`player_unknown`), TooManyRequests or
    StoreUnavailable.
    """
    admit(ports, player_id, room)
    now_ms = ports.clock()
    if abs(now_ms - rules.made_at_ms(op)) > rules.OP_AGE_MS:
        raise Conflict("this op is too old: make a new one", code="op_expired", now_ms=now_ms)
    refuse_long(ports, room, text)
    shown = rules.clean(text, blocked_words())
    player = ports.players.get(player_id)
    refuse_banned(player)
    for mute in ports.chat_moderation.mutes(player_id):
        if mute.until_ms > now_ms and mute.room in ("", room):
            raise Forbidden("an operator has muted you", code="muted", until_ms=mute.until_ms)
    message, is_unheard = Message(by=person(player), text=shown), player.status is ModerationStatus.SHADOW
    posting = Posting(encode_event(message), author=player_id, op=op, pace=rules.SPEAKING, is_unheard=is_unheard)
    return ports.live.post(room, posting).seq


def refuse_long(ports: SayPorts, room: str, text: str) -> None:
    """Raises BadRequest (`message_long`) for what is longer than a message may be in a room."""
    if len(text) <= rules.SHORT_TEXT:
        return
    kind, key = rules.kind_of(room)
    limit = ports.text_limits.get(kind)
    longest = limit(key) if limit else rules.USUAL_TEXT
    if len(text) > longest:
        raise BadRequest(f"a message has at most {longest} characters here", code="message_long", longest=longest)


def person(player: Player) -> Person:
    """A player as the others see them."""
    return Person(id=player.id, name=name_for_others(player), title=player.title)


@cache
def blocked_words() -> tuple[str, ...]:
    """What nobody may say, as `rules.is_rude` takes it."""
    lines = [line.strip() for line in _WORDS.read_text(encoding="utf-8").splitlines()]
    return tuple(
        rules.folded(line) + (" " if line.endswith(".") else "") for line in lines if line and not line.startswith("#")
    )
