"""Erasing a player: everything of theirs, everywhere, so that it can be cut short at any point and done again."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.domain.identity import bucket_of
from tapstack.errors import StoreUnavailable
from tapstack.stores import keys

if TYPE_CHECKING:
    from tapstack.services.stores import Stores

LEASE_MS = 30_000
TRIES = 50
BETWEEN_TRIES_S = 0.1


def erase(stores: Stores, player_id: str, *, pause: Callable[[float], None] = time.sleep) -> bool:
    """Erases a player; says whether there was an account. Doing it again changes nothing.

    The account closes first, so no new load finds it; then the live state goes, then what is saved, and the names
    are free last. While the live state and the counter go, the bucket's sync lease is held: a sync that had read
    the player before could otherwise write them back. Their tokens end with this: a load finds no account, and
    one that had found it just before is refused by the script. Raises StoreUnavailable while a sync is at work.
    """
    account = stores.erasures.begin(player_id, stores.clock())
    bucket = bucket_of(player_id, stores.settings.buckets)
    token = secrets.token_hex(8)
    for _ in range(TRIES):
        if stores.hot.claim(keys.SYNC_LEASE[bucket], LEASE_MS, token):
            break
        pause(BETWEEN_TRIES_S)
    else:
        raise StoreUnavailable("this player is just being saved", retry_after_s=5)
    try:
        stores.hot_desk.erase(player_id)
        stores.hot_periods.forget(player_id, stores.clock())
        stores.counters.delete(player_id)
    finally:
        stores.hot.hold(keys.SYNC_LEASE[bucket], token, 0)
    if account:
        stores.hot_chats.forget(account.telegram_id)
        stores.chats.forget(account.telegram_id)
        stores.messages.forget(account.telegram_id)
        stores.erasures.finish(account, stores.clock())
    return account is not None
