"""Alarms and the budget."""

from __future__ import annotations

from support.templates import MAIN, OBSERVABILITY


def test_alarms_are_made_of_what_alarms_may_be_made_of() -> None:
    """No SEARCH, and ten metrics at most:
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-data-queries.html
    """
    for name, resource in OBSERVABILITY.items():
        if resource["Type"] == "AWS::CloudWatch::Alarm":
            assert "SEARCH" not in str(resource), name
            assert len([m for m in resource["Properties"].get("Metrics", []) if "MetricStat" in m]) <= 10, name


def test_budget_tells_before_it_is_spent() -> None:
    told = OBSERVABILITY["Budget"]["Properties"]["NotificationsWithSubscribers"]
    kinds = {(n["Notification"]["NotificationType"], n["Notification"]["Threshold"]) for n in told}
    assert kinds == {("FORECASTED", 100), ("ACTUAL", 50), ("ACTUAL", 100)}


def test_lambda_writes_no_records_of_its_own_about_calls_that_worked() -> None:
    """Two for each call, at INFO. Metrics that functions print have no level, which counts as INFO.

    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
    """
    on_aws = MAIN["Globals"]["Function"]["LoggingConfig"]["Fn::If"][1]
    levels = {name: on_aws[name] for name in ("LogFormat", "SystemLogLevel", "ApplicationLogLevel")}
    assert levels == {"LogFormat": "JSON", "SystemLogLevel": "WARN", "ApplicationLogLevel": "INFO"}
