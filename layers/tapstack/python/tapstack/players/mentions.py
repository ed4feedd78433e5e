"""Texts hold the ids of other players, and get their names when they are shown: no store keeps a name twice.

What the bot has said is kept: in a conversation's latest answers, in the record of messages, in calls that wait in the
outbox. A leaderboard in it would keep the names of people who have renamed or been erased since.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from tapstack.players.rules.public_names import public_name
from tapstack.telegram.texts import Html

if TYPE_CHECKING:
    from tapstack.players.ports import UsernamePorts

_MENTION = re.compile("\u2063(?:[a-z]{2}:)?([0-9a-f]{16})\u2063")
"""Between invisible separators, which no name and no text of ours contains. Older records hold a language, too."""


def mention(player_id: str) -> Html:
    """Stands for a player's name in a text."""
    return Html(f"\u2063{player_id}\u2063")


def with_names(ports: UsernamePorts, call: dict[str, Any]) -> dict[str, Any]:
    """A call with the current public names of the players that it mentions, erased ones included."""
    text = call.get("text", "")
    ids = list(dict.fromkeys(_MENTION.findall(text)))
    if not ids:
        return call
    names = ports.players.usernames(ids)

    def name(found: re.Match[str]) -> str:
        return escape(public_name(found[1], names.get(found[1])))

    return call | {"text": _MENTION.sub(name, text)}
