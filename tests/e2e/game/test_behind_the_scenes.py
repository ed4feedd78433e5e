"""Queues and schedules, on every runtime: visible only through their effects."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from e2e.game.places import SESSION_IDLE_S, Player, Target
from support.waiting import wait_until

SCHEDULE_S = 60
SLACK_S = 90
"""For a function's cold start on a busy machine."""

SAVES = 4
"""More saves than the schedules of sync and cleanup can make in any minute: two, and one at its edge."""

SEND_AGAIN_S = 15


def has_saved(target: Target, player: Player, clicks: int) -> bool:
    return target.saved(player) == clicks


def test_queue_saves_players_sooner_than_any_schedule(target: Target) -> None:
    """Some minute has more saves than all schedules make: the queue made them, however slow the machine."""
    ada = target.sign_in()
    sqs, queue = target.client("sqs"), target.queue("SyncQueue")
    saved_at_s: list[float] = []
    totals = itertools.count(1)

    def saved_often_in_a_minute() -> bool:
        total = next(totals)
        assert ada.tap(total).status in (200, 410)
        ada.open()
        ada.tap(total)
        sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"kind": "sync"}))
        wait_until(f"save {total}", partial(has_saved, target, ada, total), SCHEDULE_S + SLACK_S, every_s=0.5)
        saved_at_s.append(time.monotonic())
        last = saved_at_s[-1 - SAVES :]
        return len(last) > SAVES and last[-1] - last[0] < SCHEDULE_S

    wait_until("saves that no schedule makes", saved_often_in_a_minute, within_s=4 * SCHEDULE_S)


def test_taps_alone_are_saved(target: Target) -> None:
    ada = target.sign_in()
    totals = itertools.count(1)

    def saved_after_one_more() -> bool:
        if ada.tap(total := next(totals)).status == 410:
            ada.open()
            ada.tap(total)
        return target.saved(ada) > 0

    wait_until("taps are saved", saved_after_one_more, within_s=SCHEDULE_S + SLACK_S, every_s=1)


def test_idle_session_is_ended_by_the_schedule_and_reopens(target: Target) -> None:
    """Within three runs: where a sync of the same minute comes between, one ends it, one saves it, one archives it."""
    ada = target.sign_in()
    ada.tap(7)
    key = {"player_id": {"S": ada.id}}

    def history() -> list[dict[str, dict[str, str]]]:
        found = target.client("dynamodb").query(
            TableName=target.table("SessionsTable"),
            KeyConditionExpression="player_id = :player",
            ExpressionAttributeValues={":player": key["player_id"]},
            ConsistentRead=True,
        )
        return list(found["Items"])

    within_s = 3 * SCHEDULE_S + SESSION_IDLE_S + SLACK_S
    lines = wait_until("the session is history", history, within_s, every_s=1)
    assert lines[0]["taps"]["N"] == "7"
    assert target.saved(ada) == 7
    over = ada.tap(9)
    assert (over.status, over.body["error"]["code"]) == (410, "session_ended")
    reopened = ada.open()
    assert (reopened.status, reopened.body["taps"]) == (200, 7)
    assert ada.tap(9).body["clicks"] == 9


def test_message_that_never_succeeds_ends_in_the_dead_letter_queue(target: Target) -> None:
    sqs, queue, dead = target.client("sqs"), target.queue("SyncQueue"), target.queue("SyncDeadLetterQueue")
    bad = json.dumps({"kind": "no such work", "marker": str(time.time_ns())})
    with visible_again_after_1_s(target, queue):
        sent_at = [0.0]

        def buried() -> bool:
            # A poll that was already in flight still hides its messages for the queue's usual two minutes.
            if time.monotonic() - sent_at[-1] > SEND_AGAIN_S:
                sqs.send_message(QueueUrl=queue, MessageBody=bad)
                sent_at.append(time.monotonic())
            found = sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=2, MaxNumberOfMessages=10).get("Messages", [])
            return any(message["Body"] == bad for message in found)

        wait_until("the message is in the dead-letter queue", buried, within_s=SCHEDULE_S + SLACK_S)
    ada = target.sign_in()
    ada.tap(3)
    sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"kind": "sync"}))
    wait_until("good messages still get through", lambda: target.saved(ada) == 3, SLACK_S, every_s=0.5)


@contextmanager
def visible_again_after_1_s(target: Target, queue: str) -> Iterator[None]:
    """Five attempts take seconds instead of ten minutes."""
    sqs = target.client("sqs")
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=before)
