"""Accounts as DynamoDB items, and back."""

from __future__ import annotations

import json
import zlib
from typing import Any

from tapstack.platform.calendar import DAY_MS, Period
from tapstack.platform.versions import Item
from tapstack.players.dynamo_tables import PlayerItem
from tapstack.players.model import ModerationStatus, Player
from tapstack.players.rules import names
from tapstack.players.rules.identity import username_key
from tapstack.players.schemas import PLAYERS

SHARDS = 4
"""Parts of the list of a day's newcomers: enough for 4,000 of them a second."""

CREDIT_DUE = "due"

_NO = {"BOOL": False}


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


def alive(item: Item) -> bool:
    """Whether an item is an account, rather than one that is being erased, or what an erasure has left."""
    return "erasing_at_ms" not in item and "erased_at_ms" not in item


def to_player(item: Item) -> Player:
    """The account in an item, read without its model: every sign-in reads one."""
    item = PLAYERS.upcast(item)
    return Player(
        id=item["id"]["S"],
        telegram_id=_number(item, "telegram_id"),
        username=_text(item, "username") or None,
        display_name=_text(item, "display_name"),
        ref_code=_text(item, "ref_code"),
        language=_text(item, "language"),
        created_at_ms=_number(item, "created_at_ms"),
        ancestors=tuple(rows(item, "ancestors")),
        direct_referrals=_number(item, "direct_referrals"),
        indirect_referrals=_number(item, "indirect_referrals"),
        boost=_number(item, "boost"),
        whitelisted=item.get("whitelisted", _NO)["BOOL"],
        status=status_in(item),
        reasons=tuple(rows(item, "reasons")),
        chosen_language=_text(item, "chosen_language") if "chosen_language" in item else None,
        title=_text(item, "title"),
        looks=_text(item, "looks"),
    )


def status_in(item: Item) -> ModerationStatus:
    """The moderation status in an account's item."""
    return ModerationStatus(_text(item, "standing"))


def rows(item: Item, name: str) -> list[Any]:
    """What an attribute lists as JSON; nothing where there is none."""
    return json.loads(_text(item, name) or "[]") or []


def _text(item: Item, name: str) -> str:
    return str(item[name]["S"]) if name in item else ""


def _number(item: Item, name: str) -> int:
    return int(item[name]["N"]) if name in item else 0


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
