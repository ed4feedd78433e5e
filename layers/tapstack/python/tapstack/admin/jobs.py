"""The work behind the hot path, as queues and schedules ask for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import msgspec

from tapstack.leaderboards import all_time
from tapstack.moderation import moderation
from tapstack.platform.errors import StoreUnavailable
from tapstack.play import leases
from tapstack.play.cleanup import cleanup
from tapstack.play.recovery import recover_boards
from tapstack.play.rules.pacing import SYNC_EVERY_MS
from tapstack.play.saving import sync_all
from tapstack.play.sqs_sync import SyncRequest
from tapstack.play.taps import ask_for

if TYPE_CHECKING:
    from tapstack.play.model import Work
    from tapstack.ports import Stores

log = logging.getLogger(__name__)


class WorkFailed(Exception):
    """Some of a schedule's work has failed, and is in the log; the function fails too, so that an alarm sees it."""


def run_sync(stores: Stores, event: dict[str, Any], remaining_ms: Callable[[], int]) -> dict[str, Any]:
    """Does what a batch of SQS messages asks for, each kind once; a scheduled event asks for everything.

    No kind of work keeps another from being done; saving comes first, and the leaderboard last. Answers the messages
    that failed, so that only they come back: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    Raises WorkFailed where a schedule's work did, after all of it was tried.
    """
    if "Records" not in event:
        work: tuple[Work, ...] = ("sync", "rebuild", "board")
        failures = [kind for kind in work if not _succeeds(stores, kind, remaining_ms)]
        if failures:
            raise WorkFailed(", ".join(failures))
        return {"batchItemFailures": []}
    outcomes: dict[str, bool] = {}
    failed = []
    for record in event["Records"]:
        try:
            kind = msgspec.json.decode(record["body"], type=SyncRequest).kind
        except msgspec.DecodeError:
            log.error("unreadable message", extra={"message_id": record["messageId"]})
            failed.append(record["messageId"])
            continue
        if kind not in outcomes:
            outcomes[kind] = _succeeds(stores, kind, remaining_ms)
        if not outcomes[kind]:
            failed.append(record["messageId"])
    if outcomes and "board" not in outcomes:
        _succeeds(stores, "board", remaining_ms)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def run_cleanup(stores: Stores, remaining_ms: Callable[[], int]) -> dict[str, Any]:
    """Ends idle sessions and evicts; answers how many of each."""
    return asdict(cleanup(stores, remaining_ms))


def _succeeds(stores: Stores, kind: Work, remaining_ms: Callable[[], int]) -> bool:
    try:
        _run(stores, kind, remaining_ms)
    except StoreUnavailable as error:
        log.warning("put off", extra={"kind": kind, "reason": error.message})
        return False
    except Exception:
        log.exception("failed", extra={"kind": kind})
        return False
    return True


def _run(stores: Stores, kind: Work, remaining_ms: Callable[[], int]) -> None:
    if kind == "rebuild":
        recover_boards(stores, remaining_ms, hide_players=lambda: moderation.hide_all(stores))
    elif kind == "sync":
        _sync(stores, remaining_ms)
    else:
        all_time.refresh_soon(stores)


def _sync(stores: Stores, remaining_ms: Callable[[], int]) -> None:
    """Saves, and again 5 s later where another run has players in flight, as a dead one has for a while."""
    try:
        sync_all(stores, remaining_ms)
    finally:
        if stores.saving.in_flight() and stores.leases.claim(leases.SYNC_LATER, SYNC_EVERY_MS):
            ask_for(stores, "sync", delay_s=SYNC_EVERY_MS // 1_000)
