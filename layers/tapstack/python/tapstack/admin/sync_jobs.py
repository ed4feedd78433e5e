"""The jobs of the sync function, as its queue and its schedule ask for them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from tapstack.platform.errors import StoreUnavailable
from tapstack.play import leases
from tapstack.play.model import SyncRequest
from tapstack.play.saving import Saved, sync_all
from tapstack.play.taps import ask_for

if TYPE_CHECKING:
    from tapstack.admin.ports import SavePorts
    from tapstack.play.model import Work

log = logging.getLogger(__name__)

Jobs = Mapping["Work", Callable[[], object]]
"""The jobs by the work that they do, in the order in which a schedule does them: saving first, the leaderboard last."""


class WorkFailed(Exception):
    """A scheduled job has failed, and is in the log; the function fails too, so that an alarm sees it."""


def run(jobs: Jobs, event: Mapping[str, Any]) -> dict[str, Any]:
    """Does the jobs that a batch of SQS messages asks for, each once, then the leaderboard; all for a scheduled event.

    No job keeps another from being done. Answers the messages that failed, so that only they come back:
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    Raises WorkFailed if a scheduled job fails, after all of them were tried.
    """
    if "Records" not in event:
        failures = [work for work in jobs if not _succeeds(jobs, work)]
        if failures:
            raise WorkFailed(", ".join(failures))
        return {"batchItemFailures": []}
    outcomes: dict[Work, bool] = {}
    failed = []
    for record in event["Records"]:
        try:
            work = msgspec.json.decode(record["body"], type=SyncRequest).kind
        except msgspec.DecodeError:
            log.error("unreadable message", extra={"message_id": record["messageId"]})
            failed.append(record["messageId"])
            continue
        if work not in outcomes:
            outcomes[work] = _succeeds(jobs, work)
        if not outcomes[work]:
            failed.append(record["messageId"])
    if outcomes and "board" not in outcomes:
        _succeeds(jobs, "board")
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def save_all(ports: SavePorts, remaining_ms: Callable[[], int], hears: Saved = lambda _: None) -> None:
    """Saves all changes, and again a window later if another run has players in flight, as a dead one for a while."""
    try:
        sync_all(ports, remaining_ms, hears)
    finally:
        later_s = ports.settings.play.sync_every_s
        if ports.saving.in_flight() and ports.leases.claim(leases.SYNC_LATER, later_s * 1_000):
            ask_for(ports, "sync", delay_s=later_s)


def _succeeds(jobs: Jobs, work: Work) -> bool:
    try:
        jobs[work]()
    except StoreUnavailable as error:
        log.warning("postponed", extra={"kind": work, "reason": error.message})
        return False
    except Exception:
        log.exception("failed", extra={"kind": work})
        return False
    return True
