"""Alarms and the budget."""

from __future__ import annotations

from typing import Any

from support.templates import MAIN, OBSERVABILITY


def test_alarms_are_made_of_what_alarms_may_be_made_of() -> None:
    """No SEARCH, and ten metrics at most:
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-data-queries.html
    """
    for name, resource in OBSERVABILITY.items():
        if resource["Type"] == "AWS::CloudWatch::Alarm":
            assert "SEARCH" not in str(resource), name
            assert len([m for m in resource["Properties"].get("Metrics", []) if "MetricStat" in m]) <= 10, name


def test_alarms_watch_the_calls_that_do_not_pass_the_api() -> None:
    """Clicks and heartbeats go to function URLs, whose errors and refusals API Gateway knows nothing of."""
    for alarm, metric in (("UrlErrorsAlarm", "Url5xxCount"), ("FloodAlarm", "Url4xxCount")):
        watched = [
            m["MetricStat"]["Metric"] for m in OBSERVABILITY[alarm]["Properties"]["Metrics"] if "MetricStat" in m
        ]
        functions = {m["Dimensions"][0]["Value"]["Ref"] for m in watched if m["MetricName"] == metric}
        assert functions == {"ClickFunction", "HeartbeatFunction"}, alarm


def test_alarms_watch_all_that_a_purchase_needs() -> None:
    """Its function, and each table that it writes: a hot offer throttles one of them long before the API has errors."""
    metrics = [m["MetricStat"]["Metric"] for m in _watched("EconomyThrottlesAlarm") if "MetricStat" in m]
    watched = {(m["MetricName"], m["Dimensions"][0]["Value"]["Ref"]) for m in metrics}
    written = {("WriteThrottleEvents", table) for table in ("LedgerTable", "HoldingsTable", "CommonsTable")}
    assert watched == {("Throttles", "EconomyFunction"), ("ReadThrottleEvents", "HoldingsTable"), *written}
    [function] = OBSERVABILITY["EconomyErrorsAlarm"]["Properties"]["Dimensions"]
    assert function["Value"] == {"Ref": "EconomyFunction"}


def _watched(alarm: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = OBSERVABILITY[alarm]["Properties"]["Metrics"]
    return found


def test_functions_log_as_json_on_aws() -> None:
    """platform/logs.py leaves the lines to the runtime where it finds this."""
    on_aws = MAIN["Globals"]["Function"]["LoggingConfig"]["Fn::If"][1]
    assert (on_aws["LogFormat"], on_aws["ApplicationLogLevel"]) == ("JSON", "INFO")


def test_budget_tells_before_it_is_spent() -> None:
    told = OBSERVABILITY["Budget"]["Properties"]["NotificationsWithSubscribers"]
    kinds = {(n["Notification"]["NotificationType"], n["Notification"]["Threshold"]) for n in told}
    assert kinds == {("FORECASTED", 100), ("ACTUAL", 50), ("ACTUAL", 100)}


def test_lambda_writes_no_records_of_its_own_about_calls_that_worked() -> None:
    """Two for each call, at INFO. Metrics that functions print have no level, which counts as INFO.

    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
    """
    on_aws = MAIN["Globals"]["Function"]["LoggingConfig"]["Fn::If"][1]
    assert on_aws["SystemLogLevel"] == "WARN"
