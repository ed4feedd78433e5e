"""Erasing a player: closed at once, and then everything of theirs, everywhere, gone.

It takes two steps, so that nobody has to wait and nothing can be left. `request` closes the account and drops what is
live, in some milliseconds, for whoever asks: the player, or an operator. `finish_due`, a minute's job, does the rest
SETTLED_MS later: by then every request that was in flight has ended and writes nothing back. It may be cut short at
any point: the mark stays until all is done, and the next minute does it again. What remains is the opaque id, with
its clicks on boards that are closed and its place in the tree of invitations, and of a ban a keyed hash.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tapstack.audit.recording import record
from tapstack.platform.bounds import ERASE_PROOF_MAX_AGE_S
from tapstack.platform.errors import Forbidden, NotFound, StoreUnavailable
from tapstack.play import redis_keys as keys
from tapstack.players.rules.bans import ban_mark
from tapstack.players.rules.identity import bucket_of
from tapstack.telegram import init_data as initdata
from tapstack.telegram import redis_keys as telegram_keys

if TYPE_CHECKING:
    from tapstack.ports import Stores

log = logging.getLogger(__name__)

SETTLED_MS = 15_000
"""Longer than any function that serves a person runs (template.yaml's Timeout: 10 s)."""

DONE_WITHIN_S = 120
"""What people are told: the wait, the minute's schedule, and time to work."""

LEASE_MS = 30_000
TRIES = 50
BETWEEN_TRIES_S = 0.1
AT_ONCE = 100
BUDGET_S = 30.0
"""A run begins no erasure after this: the others are the next minute's."""

BY_PLAYER = "player"


def request_own(stores: Stores, player_id: str, init_data: str) -> None:
    """Closes an account because its player says so, and proves with fresh launch data that it is them.

    A session token alone does not do: it may be an hour old, and stolen. Raises NotFound (`player_unknown`),
    Unauthenticated, or Forbidden (`not_yours`) for another Telegram account's proof.
    """
    settings = stores.settings
    proof = initdata.verify(
        init_data, settings.telegram_bot_tokens, now_s=stores.clock() // 1_000, max_age_s=ERASE_PROOF_MAX_AGE_S
    )
    account = stores.erasures.read(player_id)
    if account is None:
        raise NotFound("there is no such player", code="player_unknown")
    if account.telegram_id != proof.user.id:
        raise Forbidden("this proof is another Telegram account's", code="not_yours")
    request(stores, player_id, BY_PLAYER)


def request(stores: Stores, player_id: str, by: str) -> bool:
    """Closes an account for good and drops what is live of it; says whether there was one. Again changes nothing.

    From now on nothing of the player is to be seen, their tokens find nobody, and `finish_due` does the rest.
    """
    before = stores.erasures.read(player_id)
    account = stores.erasures.begin(player_id, stores.clock()) if before else None
    if before and not before.closed:
        record(stores, player_id, "erase", by, "")
    _drop_live(stores, player_id)
    return account is not None


def finish_due(stores: Stores) -> int:
    """Finishes the erasures that were requested SETTLED_MS ago or before; how many.

    One that fails stops no other: what it has raised is raised after all were tried, so that an alarm sees it.
    """
    due = stores.erasures.due(stores.clock() - SETTLED_MS, AT_ONCE)
    done, deadline_s = 0, time.monotonic() + BUDGET_S
    failures: list[Exception] = []
    if due:
        stores.sync_queue.forget_dead(set(due))
    for player_id in due:
        if time.monotonic() > deadline_s:
            break
        try:
            done += erase(stores, player_id)
        except StoreUnavailable as error:
            log.warning("erasure of %s is left to the next minute: %s", player_id, error.message)
        except Exception as error:
            log.exception("erasure of %s has failed", player_id)
            failures.append(error)
    if failures:
        raise failures[0]
    return done


def erase(stores: Stores, player_id: str, *, pause: Callable[[float], None] = time.sleep) -> bool:
    """Erases a player to the end; says whether there was an account. Doing it again changes nothing.

    While the live state and the counter go, the bucket's sync lease is held: a sync that had read the player before
    could otherwise write them back; while the conversation goes, its lock is. Raises StoreUnavailable while either is
    taken, or a store is unavailable: then it is to be done again.
    """
    account = stores.erasures.begin(player_id, stores.clock())
    bucket = bucket_of(player_id, stores.settings.buckets)
    with _held(stores, keys.SYNC_LEASE[bucket], TRIES, pause):
        _drop_live(stores, player_id)
        stores.counters.delete(player_id)
    stores.all_time_board.forget(player_id)
    stores.audit.forget(player_id)
    if account is None:
        return False
    chat_id = account.telegram_id
    with _held(stores, telegram_keys.chat_lock(chat_id), TRIES, pause):
        stores.conversation_cache.forget(chat_id)
        stores.conversations.forget(chat_id)
        stores.messages.forget(chat_id)
        stores.outbox.forget_chat(chat_id)
    stores.outbox.forget_about(f"credited-{player_id}")
    stores.broadcasts.forget(chat_id, stores.clock())
    mark = ban_mark(chat_id, stores.settings.token_signing_keys[0]) if account.banned else None
    stores.erasures.finish(account, stores.clock(), mark)
    return True


def _drop_live(stores: Stores, player_id: str) -> None:
    stores.live_erasure.erase(player_id)
    stores.period_boards.forget(player_id, stores.clock())


@contextmanager
def _held(stores: Stores, lease: str, tries: int, pause: Callable[[float], None]) -> Iterator[None]:
    """Holds a lease for the time of a with-block; raises StoreUnavailable where another keeps it."""
    token = secrets.token_hex(8)
    for _ in range(tries):
        if stores.leases.claim(lease, LEASE_MS, token):
            break
        pause(BETWEEN_TRIES_S)
    else:
        raise StoreUnavailable("somebody is at work on this player", retry_after_s=5)
    try:
        yield
    finally:
        stores.leases.release(lease, token)
