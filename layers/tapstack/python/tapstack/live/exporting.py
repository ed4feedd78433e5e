"""What rooms keep of a player, for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapstack.live.events import Message, known

if TYPE_CHECKING:
    from tapstack.live.ports import ExportRoomPorts


REPORTS_READ = 500
"""Reports that an export looks through, some 150 KB: operators seldom let as many wait."""


def exported(ports: ExportRoomPorts, player_id: str) -> dict[str, Any]:
    """What a player has said in rooms as far as it is kept, where they are muted, and what is reported.

    Of the reports that wait for an operator, `reports` are the player's own, without the words of others; `reported` is
    what others have reported of theirs, without who and why. Times are in s since 1970.
    """
    said = [
        {"room": room, "at_s": kept.at_ms // 1_000, "text": text}
        for room in sorted(ports.rooms.spoken(player_id))
        for kept in ports.rooms.look(room, "", 0).kept
        if kept.author == player_id and (text := _text(kept.event))
    ]
    mutes = [
        {"room": mute.room or None, "until_s": mute.until_ms // 1_000, "reason": mute.reason}
        for mute in ports.chat_moderation.mutes(player_id)
    ]
    waiting = ports.chat_moderation.some_reports(REPORTS_READ)
    reports = [
        {"room": one.room, "at_s": one.at_ms // 1_000, "reason": one.reason}
        for one in waiting
        if one.reporter == player_id
    ]
    reported = [
        {"room": one.room, "at_s": one.at_ms // 1_000, "text": one.text} for one in waiting if one.author == player_id
    ]
    return {
        "messages": said,
        "mutes": mutes,
        "reports": reports,
        "reported": reported,
        "reports_complete": len(waiting) < REPORTS_READ,
    }


def _text(event: bytes) -> str:
    found = known(event)
    return found.text if isinstance(found, Message) else ""
