"""Other players stand in texts as their ids, and get their names when a text is shown: no store keeps a name twice.

What the bot has said is kept: in a conversation's last answers, in the record of what was said, in calls that wait in
the outbox. A leaderboard in it would keep the names of people who have renamed or been erased since.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from tapstack.telegram.texts import Html, plain

if TYPE_CHECKING:
    from tapstack.ports import Stores

_MENTION = re.compile("\u2063([a-z]{2}):([0-9a-f]{16})\u2063")
"""Between invisible separators, which no name and no text of ours contains."""


def mention(player_id: str, language: str) -> Html:
    """What stands for a player's name in a text of a language."""
    return Html(f"\u2063{language}:{player_id}\u2063")


def named(stores: Stores, call: dict[str, Any]) -> dict[str, Any]:
    """A call with the names that those whom it mentions have now; who has none, or is gone, stays nameless."""
    text = call.get("text", "")
    ids = list(dict.fromkeys(player_id for _, player_id in _MENTION.findall(text)))
    if not ids:
        return call
    names = stores.players.usernames(ids)

    def name(found: re.Match[str]) -> str:
        language, player_id = found.groups()
        return escape(names.get(player_id) or plain("row.nameless", language, id=player_id[:4]))

    return call | {"text": _MENTION.sub(name, text)}
