"""Tables and queues."""

from __future__ import annotations

import pytest
from support.templates import FUNCTIONS, RESOURCES
from tapstack.play.saving import MARGIN_MS

TABLES = {name: r for name, r in RESOURCES.items() if r["Type"] == "AWS::DynamoDB::Table"}


def test_tables_can_go_back_in_time_and_outlive_all_but_a_first_deployment_that_fails() -> None:
    for table in TABLES.values():
        assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
        assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_tables_stay_where_they_are() -> None:
    """CloudFormation knows a table by its logical id in this stack: under another one it is a new, empty table."""
    assert set(TABLES) == {
        *("PlayersTable", "UniquesTable", "CountersTable", "SessionsTable", "BoardsTable", "MessagesTable"),
        *("MetricsTable", "AuditTable", "ChatsTable", "BroadcastsTable", "DeliveriesTable"),
    }


def test_queue_hides_a_message_for_longer_than_its_function_may_run() -> None:
    """Else it comes back while it is being worked on."""
    for queue, function in (("SyncQueue", "SyncFunction"), ("OutboxQueue", "OutboxFunction")):
        assert RESOURCES[queue]["Properties"]["VisibilityTimeout"] > FUNCTIONS[function]["Timeout"]
    assert FUNCTIONS["SyncFunction"]["Timeout"] * 1_000 > 2 * MARGIN_MS


@pytest.mark.parametrize("function", ["SyncFunction", "CleanupFunction"])
def test_bucket_is_held_by_a_dead_run_for_half_a_minute_at_most(function: str) -> None:
    """A lease lasts as long as the run that took it might; nobody saves the bucket meanwhile."""
    assert FUNCTIONS[function]["Timeout"] <= 30


def test_queues_answer_for_single_messages_and_dead_letter_what_fails_for_good() -> None:
    for properties in FUNCTIONS.values():
        for event in properties["Events"].values():
            if event["Type"] == "SQS":
                assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    for name in ("Sync", "Outbox"):
        redrive = RESOURCES[f"{name}Queue"]["Properties"]["RedrivePolicy"]
        assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": [f"{name}DeadLetterQueue", "Arn"]}
