"""Reports of messages, and what operators do about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.live import chatting, rules
from tapstack.live.events import Message, Removed, known
from tapstack.live.model import Report
from tapstack.platform.errors import NotFound

if TYPE_CHECKING:
    from tapstack.live.ports import ReportPorts, SilencePorts


def report(ports: ReportPorts, player_id: str, room: str, epoch: str, seq: int, reason: str) -> None:
    """Keeps a message for operators to see; once, however many report it.

    Raises NotFound (`room_unknown`; `message_unknown` for one that is not kept any more) or Forbidden (`room_closed`).
    """
    chatting.admit(ports, player_id, room)
    found = ports.rooms.look(room, epoch, seq - 1)
    kept = next((each for each in found.kept if each.seq == seq and found.epoch == epoch), None)
    said = known(kept.event) if kept else None
    if kept is None or not isinstance(said, Message):
        raise NotFound("this message is not there any more", code="message_unknown")
    id_ = f"{room}#{epoch}#{seq}"
    ports.chat_moderation.report(Report(id_, room, kept.author, said.text, player_id, reason, ports.clock()))


def remove_reported(ports: SilencePorts, reported: Report) -> bool:
    """Takes a reported message out of its room; says whether it was there."""
    room, epoch, seq = reported.id.split("#")
    if ports.rooms.look(room, "", rules.KEPT).epoch != epoch:
        return False
    return _removed(ports, room, ports.rooms.remove(room, seq=int(seq)))


def silence(ports: SilencePorts, player_id: str) -> int:
    """Takes all that a player has said out of all rooms; returns out of how many. Repeating changes nothing."""
    return sum(
        _removed(ports, room, ports.rooms.remove(room, author=player_id)) for room in ports.rooms.spoken(player_id)
    )


def _removed(ports: SilencePorts, room: str, numbers: list[int]) -> bool:
    if numbers:
        ports.live.to_room(room, Removed(messages=numbers))
    return bool(numbers)
