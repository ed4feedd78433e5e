"""What Redis keeps of accounts for a while: who signs in again, and what others see of players.

Without it each sign-in would read DynamoDB twice, and an own rank the names of ten others. Every store that changes
accounts forgets them itself, as platform/redis_kept.py says.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from tapstack.inbox.redis_unread import UNREAD, kept_unread
from tapstack.platform.redis_client import available
from tapstack.platform.redis_kept import forget, keep
from tapstack.platform.redis_scripts import ScriptCall
from tapstack.players.model import Player, Returning, Shown

if TYPE_CHECKING:
    from tapstack.platform.redis_pipeline import Pipeline

NAME = "name:"
"""The start of the key of what others see of a player: `leaderboards/lua/own_rank.lua` reads them."""
ACCOUNT = "account:"
OWNER = "telegram:"
"""The start of a Telegram account's key, which says whose it is."""

NAME_KEPT_MS = 1_800_000
ACCOUNT_KEPT_MS = 600_000

_shown_of = msgspec.json.Decoder(Shown).decode

_FIELDS = get_type_hints(Player)
_values = attrgetter(*_FIELDS)
_LISTED: Any = tuple.__class_getitem__(tuple(_FIELDS.values()))
"""An account without the names of its fields, as many as this release knows: half the memory."""
_listed_of = msgspec.json.Decoder(_LISTED).decode


class RedisKeptAccounts:
    """Every call raises StoreUnavailable where Redis is unavailable."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def keep(self, player: Player) -> None:
        """Keeps the account of who has signed in, unless it is changing."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            pipe.set(f"{OWNER}{player.telegram_id}", player.id, px=ACCOUNT_KEPT_MS)
            keep(pipe, ACCOUNT + player.id, _json(_values(player)), ACCOUNT_KEPT_MS)
            pipe.execute()

    def keep_shown(self, shown: Mapping[str, Shown]) -> None:
        """Keeps what others see of players, except for those who are changing."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id, one in shown.items():
                keep(pipe, NAME + player_id, _json(one), NAME_KEPT_MS)
            pipe.execute()

    def forget(self, *player_ids: str) -> None:
        """Forgets players whose accounts are about to change."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for player_id in player_ids:
                forget(pipe, NAME + player_id)
                forget(pipe, ACCOUNT + player_id)
            pipe.execute()

    def drop(self, player_id: str, telegram_id: int) -> None:
        """Leaves nothing of a player who was closed to everybody long before."""
        with available():
            pipe = self.client.pipeline(transaction=False)
            for key in (NAME + player_id, ACCOUNT + player_id, UNREAD + player_id, f"{OWNER}{telegram_id}"):
                pipe.delete(key)
            pipe.execute()


class PipelinedAccounts:
    """Accounts that RedisKeptAccounts keeps, on an event loop."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    async def by_telegram_id(self, telegram_id: int) -> Returning | None:
        """Who signs in; None where no account is kept. Raises StoreUnavailable where Redis is unavailable."""
        answer = await self._pipeline.run(
            ScriptCall("players/kept_account", (f"{OWNER}{telegram_id}",), (ACCOUNT, UNREAD))
        )
        if answer is None:
            return None
        account, unread = answer
        player = kept_account(account)
        return Returning(player, kept_unread(unread)) if player else None


def kept_account(raw: str | None) -> Player | None:
    """The account that a key holds; None for nothing, and for what another release has written."""
    try:
        return Player(*_listed_of(raw)) if raw else None
    except msgspec.DecodeError:
        return None


def kept_shown(raw: str | None) -> Shown | None:
    """What others see of a player, as a key holds it; None as for `kept_account`."""
    try:
        return _shown_of(raw) if raw else None
    except msgspec.DecodeError:
        return None


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
