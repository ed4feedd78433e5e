"""Tables and queues."""

from __future__ import annotations

import pytest
from support.templates import FUNCTIONS, MAIN, NESTED, RESOURCES
from tapstack.play.saving import MARGIN_MS

TABLES = {name: r for name, r in RESOURCES.items() if r["Type"] == "AWS::DynamoDB::Table"}


def test_tables_can_go_back_in_time_and_outlive_all_but_a_first_deployment_that_fails() -> None:
    for table in TABLES.values():
        assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
        assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_tables_stay_where_they_are() -> None:
    """CloudFormation knows a table by its logical id in this stack: under another one it is a new, empty table."""
    assert set(TABLES) == {
        *("PlayersTable", "UniquesTable", "CountersTable", "SessionsTable", "BoardsTable", "LeagueTable"),
        *("GroupsTable", "LiveTable"),
        *("LedgerTable", "HoldingsTable", "CommonsTable"),
        *("MessagesTable", "MetricsTable", "AuditTable", "ChatsTable", "BroadcastsTable", "DeliveriesTable"),
    }


def test_counters_change_their_billing_in_place() -> None:
    """A table is replaced by another where its name or keys change: none of these is named or keyed by the capacity."""
    counters = RESOURCES["CountersTable"]["Properties"]
    assert counters["BillingMode"] == {"Fn::If": ["HasProvisionedCounters", "PROVISIONED", "PAY_PER_REQUEST"]}
    provisioned, on_demand = counters["ProvisionedThroughput"]["Fn::If"], counters["OnDemandThroughput"]["Fn::If"]
    assert provisioned[0] == "HasProvisionedCounters"
    assert on_demand[0] == "HasCappedCounters", "DynamoDB refuses both at once"
    assert MAIN["Conditions"]["HasCappedCounters"]["Fn::And"][1] == {"Fn::Not": [{"Condition": provisioned[0]}]}
    assert {name for name, value in counters.items() if "HasProvisionedCounters" in str(value)} == {
        "BillingMode",
        "ProvisionedThroughput",
    }


def test_provisioned_counters_scale_between_the_bounds_that_the_table_starts_with() -> None:
    capacity = NESTED["Capacity"]["Resources"]
    started = RESOURCES["CountersTable"]["Properties"]["ProvisionedThroughput"]["Fn::If"][1]
    for kind in ("Read", "Write"):
        target, policy = capacity[f"{kind}s"]["Properties"], capacity[f"{kind}sPolicy"]["Properties"]
        assert target["ScalableDimension"] == f"dynamodb:table:{kind}CapacityUnits"
        assert target["ResourceId"] == {"Fn::Sub": "table/${CountersTable}"}
        assert target["MinCapacity"] == started[f"{kind}CapacityUnits"] == {"Ref": f"CounterMin{kind}s"}
        assert target["MaxCapacity"] == {"Ref": f"CounterMax{kind}s"}
        tracking = policy["TargetTrackingScalingPolicyConfiguration"]
        metric = tracking["PredefinedMetricSpecification"]["PredefinedMetricType"]
        assert (policy["ScalingTargetId"], metric) == ({"Ref": f"{kind}s"}, f"DynamoDB{kind}CapacityUtilization")


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
