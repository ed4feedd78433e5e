"""Erases players: closes an account at once, and then removes everything of it, everywhere.

Two steps, so that nobody waits and nothing is left. `request` closes the account and drops its live state within
milliseconds, for the player or an operator. `finish_due`, run every minute, does the rest SETTLED_MS later: by then
every request that was in flight has ended and writes nothing back. It may be cut short at any point: the mark stays
until everything is done, and the next run starts over. What remains is the opaque id, with its clicks on closed boards,
its entries in the ledger and its place in the tree of invitations, and of a ban a keyed hash.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tapstack.audit.recording import record
from tapstack.duels.ending import forget as leave_duels
from tapstack.economy.erasing import erase as erase_wallet
from tapstack.factions.leaving import forget as leave_faction
from tapstack.league.leaving import leave
from tapstack.live.disconnecting import cut_off
from tapstack.live.reporting import silence
from tapstack.platform.bounds import ERASE_PROOF_MAX_AGE_S
from tapstack.platform.errors import Forbidden, NotFound, StoreUnavailable
from tapstack.platform.leases import every, held
from tapstack.play import leases as play_leases
from tapstack.players.rules.bans import ban_mark
from tapstack.players.rules.identity import bucket_of
from tapstack.telegram import init_data as initdata
from tapstack.telegram import leases as telegram_leases

if TYPE_CHECKING:
    from tapstack.privacy.ports import (
        ErasurePorts,
        FinishErasuresPorts,
        RequestErasurePorts,
        RequestOwnErasurePorts,
    )

log = logging.getLogger(__name__)

SETTLED_MS = 15_000
"""Longer than any function that answers a person may run (template.yaml's Timeout: 10 s)."""

DONE_WITHIN_S = 120
"""What players are told: the wait, the minute's schedule, and time to work."""

LEASE_MS = 30_000
RETRIES = 50
BETWEEN_TRIES_S = 0.1
AT_ONCE = 100
BUDGET_S = 30.0
"""A run begins no erasure after this; the next run continues."""

BUSY = "this player is being worked on"

BY_PLAYER = "player"
"""Who requested an erasure, in the audit log, where it was no operator."""


def request_own(ports: RequestOwnErasurePorts, player_id: str, init_data: str) -> None:
    """Closes an account at its player's request, proven by fresh launch data.

    A session token alone does not suffice: it may be an hour old, and stolen. Raises NotFound (`player_unknown`),
    Unauthenticated, or Forbidden (`not_yours`) for another Telegram account's proof.
    """
    settings = ports.settings
    proof = initdata.verify(
        init_data, settings.telegram.bot_tokens, now_s=ports.clock() // 1_000, max_age_s=ERASE_PROOF_MAX_AGE_S
    )
    account = ports.erasures.read(player_id)
    if account is None:
        raise NotFound("there is no such player", code="player_unknown")
    if account.telegram_id != proof.user.id:
        raise Forbidden("this proof is another Telegram account's", code="not_yours")
    request(ports, player_id, BY_PLAYER)


def request(ports: RequestErasurePorts, player_id: str, by: str, reason: str = "") -> bool:
    """Closes an account for good and drops its live state; says whether there was one. Repeating changes nothing.

    From now on nobody sees anything of the player, their tokens find nobody, and `finish_due` does the rest.
    """
    before = ports.erasures.read(player_id)
    account = ports.erasures.begin(player_id, ports.clock()) if before else None
    if before and not before.closed:
        record(ports, player_id, "erase", by, reason)
    _drop_live(ports, player_id)
    return account is not None


def finish_due(ports: FinishErasuresPorts) -> int:
    """Finishes the erasures that were requested SETTLED_MS ago or earlier; returns how many.

    A failure stops no other erasure: it is raised after all were tried, so that an alarm sees it.
    """
    due = ports.erasures.due(ports.clock() - SETTLED_MS, AT_ONCE)
    done, deadline_s = 0, time.monotonic() + BUDGET_S
    failures: list[Exception] = []
    if due:
        ports.sync_queue.forget_dead(set(due))
    for player_id in due:
        if time.monotonic() > deadline_s:
            break
        try:
            done += erase(ports, player_id)
        except StoreUnavailable as error:
            log.warning("erasure of %s is left to the next minute: %s", player_id, error.message)
        except Exception as error:
            log.exception("erasure of %s failed", player_id)
            failures.append(error)
    if failures:
        raise failures[0]
    return done


def erase(ports: ErasurePorts, player_id: str, *, pause: Callable[[float], None] = time.sleep) -> bool:
    """Erases a player completely; says whether there was an account. Repeating changes nothing.

    It holds the bucket's sync lease while it removes the live state and the counter, or a sync that has read the player
    before could write them back; and the conversation's lock while it removes the conversation. Raises StoreUnavailable
    while either is held by another, or a store is unavailable: then call it again.
    """
    account = ports.erasures.begin(player_id, ports.clock())
    bucket = bucket_of(player_id, ports.settings.play.buckets)
    leave_faction(ports, player_id)  # while it is known what they have tapped for it
    with held(
        ports.leases, play_leases.sync(bucket), LEASE_MS, every(BETWEEN_TRIES_S, RETRIES, pause), BUSY, retry_after_s=5
    ):
        _drop_live(ports, player_id)
        ports.counters.delete(player_id)
    ports.published_boards.forget(player_id)
    leave(ports, player_id)
    ports.groups.forget(player_id)
    cut_off(ports, player_id)
    silence(ports, player_id)
    ports.rooms.forget(player_id)
    ports.chat_moderation.forget(player_id)
    ports.reminders.forget(player_id)
    ports.inbox.forget(player_id)
    leave_duels(ports, player_id)  # while there is a wallet that their stakes come back to
    erase_wallet(ports, player_id)
    ports.audit.forget(player_id)
    if account is None:
        return False
    chat_id = account.telegram_id
    conversation = telegram_leases.conversation(chat_id)
    retries = every(BETWEEN_TRIES_S, RETRIES, pause)
    with held(ports.leases, conversation, LEASE_MS, retries, BUSY, retry_after_s=5):
        ports.conversation_cache.forget(chat_id)
        ports.conversations.forget(chat_id)
        ports.messages.forget(chat_id)
        ports.outbox.forget_chat(chat_id)
    ports.outbox.forget_about(f"credited-{player_id}")
    ports.broadcasts.forget(chat_id, ports.clock())
    mark = ban_mark(chat_id, ports.settings.http.token_signing_keys[0]) if account.banned else None
    ports.erasures.finish(account, ports.clock(), mark)
    return True


def _drop_live(ports: RequestErasurePorts | ErasurePorts, player_id: str) -> None:
    ports.live_erasure.erase(player_id)
    ports.period_boards.forget(player_id, ports.clock())
