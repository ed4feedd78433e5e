"""Accounts as DynamoDB items, and back."""

from __future__ import annotations

import zlib
from typing import Any

from tapstack.platform.calendar import DAY_MS, Period
from tapstack.players.dynamo_tables import PlayerItem
from tapstack.players.model import ModerationStatus, Player
from tapstack.players.rules import names
from tapstack.players.rules.identity import username_key

SHARDS = 4
"""Parts of the list of a day's newcomers: enough for 4,000 of them a second."""

CREDIT_DUE = "due"


def shard_of(player_id: str, created_at_ms: int) -> str:
    """The place of a player in the list of all players: a day, and one of its shards."""
    return shard(created_at_ms // DAY_MS, zlib.crc32(player_id.encode()) % SHARDS)


def shard(day: int, number: int) -> str:
    return f"{Period.DAY.label(day)}#{number}"


def telegram_key(telegram_id: int) -> str:
    """The key of the item that says which player a Telegram account plays as."""
    return f"tg#{telegram_id}"


def ban_key(mark: str) -> str:
    """The key of a ban that outlives its player, by its mark (rules/bans.py)."""
    return f"ban#{mark}"


def alive(item: PlayerItem) -> bool:
    """Whether an item is an account, rather than one that is being erased, or what an erasure has left."""
    return item.erasing_at_ms is None and item.erased_at_ms is None


def to_player(item: PlayerItem) -> Player:
    """The account in an item."""
    return Player(
        id=item.id,
        telegram_id=int(item.telegram_id or 0),
        username=item.username,
        display_name=item.display_name or "",
        ref_code=item.ref_code or "",
        language=item.language or "",
        created_at_ms=int(item.created_at_ms),
        ancestors=tuple(item.ancestors or ()),
        direct_referrals=int(item.direct_referrals or 0),
        indirect_referrals=int(item.indirect_referrals or 0),
        boost=int(item.boost or 0),
        whitelisted=bool(item.whitelisted),
        status=ModerationStatus(item.standing or ""),
        reasons=tuple(item.reasons or ()),
        chosen_language=item.chosen_language,
    )


def name_fields(display_name: str) -> dict[str, str | None]:
    """What a display name is stored as: itself, and the keys that a search finds it by."""
    folded = names.fold(display_name)
    return {"display_name": display_name, "name_part": names.partition(folded) or None, "name_key": folded or None}


def username_fields(username: str) -> dict[str, str]:
    """What a username is stored as."""
    key = username_key(username)
    return {"username": username, "username_part": names.partition(key), "username_key": key}


def to_item(model: type[PlayerItem], player: Player) -> PlayerItem:
    """A new account's item; if it was invited, its inviters are due their credit."""
    fields: dict[str, Any] = name_fields(player.display_name)
    if player.username:
        fields |= username_fields(player.username)
    if player.ancestors:
        fields |= {
            "referrer_id": player.ancestors[0],
            "ancestors": list(player.ancestors),
            "credit_due": CREDIT_DUE,
        }
    return model(
        player.id,
        telegram_id=player.telegram_id,
        ref_code=player.ref_code,
        language=player.language,
        created_at_ms=player.created_at_ms,
        shard=shard_of(player.id, player.created_at_ms),
        **fields,
    )
