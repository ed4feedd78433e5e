"""template.yaml, the table of operations and the functions say the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]
from support.calls import FUNCTION_OF
from support.game import load_function
from tapstack.api import OPERATIONS
from tapstack.play.saving import MARGIN_MS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE: dict[str, Any] = yaml_parse((ROOT / "template.yaml").read_text())
FUNCTIONS = {
    resource["Properties"]["CodeUri"].removeprefix("functions/"): resource["Properties"]
    for resource in TEMPLATE["Resources"].values()
    if resource["Type"] == "AWS::Serverless::Function"
}
TABLE = {(o.method, o.path): o.id for o in OPERATIONS}


def events(kind: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, event["Properties"])
        for name, properties in FUNCTIONS.items()
        for event in properties.get("Events", {}).values()
        if event["Type"] == kind
    ]


def http_folders() -> list[str]:
    return sorted({function for function, _ in events("Api")})


def test_template_has_a_function_for_every_folder() -> None:
    assert set(FUNCTIONS) == {path.parent.name for path in ROOT.glob("functions/*/app.py")}


def test_template_routes_exactly_the_operations_of_the_api() -> None:
    routes = [(event["Method"].upper(), event["Path"]) for _, event in events("Api")]
    assert sorted(routes) == sorted(TABLE)


def test_every_operation_is_served_by_exactly_the_function_it_is_routed_to() -> None:
    routed = {(event["Method"].upper(), event["Path"]): function for function, event in events("Api")}
    served = [
        ((method, path), folder)
        for folder in http_folders()
        for path, methods in load_function(folder).app.routes.items()
        for method in methods
    ]
    assert sorted(served) == sorted(routed.items())
    assert {TABLE[route]: function for route, function in served} == FUNCTION_OF


@pytest.mark.parametrize("folder", sorted(FUNCTIONS))
def test_handler_of_a_function_is_there_and_can_be_called(folder: str) -> None:
    handler = FUNCTIONS[folder].get("Handler", TEMPLATE["Globals"]["Function"]["Handler"])
    module, _, name = handler.partition(".")
    assert module == "app"
    assert callable(getattr(load_function(folder), name))


def test_queue_hides_a_message_for_longer_than_its_function_may_run() -> None:
    """Else it comes back while it is being worked on."""
    sync = FUNCTIONS["sync"]["Timeout"]
    assert TEMPLATE["Resources"]["SyncQueue"]["Properties"]["VisibilityTimeout"] > sync
    assert sync * 1_000 > 2 * MARGIN_MS


@pytest.mark.parametrize("folder", ["sync", "cleanup"])
def test_bucket_is_held_by_a_dead_run_for_half_a_minute_at_most(folder: str) -> None:
    """A lease lasts as long as the run that took it might; nobody saves the bucket meanwhile."""
    assert FUNCTIONS[folder]["Timeout"] <= 30


def test_queues_answer_for_single_messages_and_bury_what_fails_for_good() -> None:
    for _, event in events("SQS"):
        assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    redrive = TEMPLATE["Resources"]["SyncQueue"]["Properties"]["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": ["SyncDeadLetterQueue", "Arn"]}


def test_answers_of_the_gateway_itself_are_no_pages_to_a_browser() -> None:
    """Values without quotes inside: a value here stands in quotes, and AWS does not say how to write one in it."""
    responses = TEMPLATE["Resources"]["Api"]["Properties"]["GatewayResponses"]
    assert set(responses) == {"MISSING_AUTHENTICATION_TOKEN", "DEFAULT_4XX", "DEFAULT_5XX"}
    for response in responses.values():
        headers = response["ResponseParameters"]["Headers"]
        assert headers.keys() >= {"Content-Security-Policy", "Referrer-Policy", "Strict-Transport-Security"}
        assert headers["X-Content-Type-Options"] == "'nosniff'"
        assert headers["X-Frame-Options"] == "'DENY'"
        assert all(value.count("'") == 2 for value in headers.values())


def test_pages_are_shown_in_frames_of_telegram_only() -> None:
    config = TEMPLATE["Resources"]["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy = config["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["frame-ancestors"] == "https://*.telegram.org"
    assert directives["script-src"] == "'self'"


def test_forwarded_addresses_are_believed_only_of_the_edge() -> None:
    """CloudFront overwrites a header of this name that a viewer sends."""
    variables = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]
    origins = TEMPLATE["Resources"]["Site"]["Properties"]["DistributionConfig"]["Origins"]
    (api,) = (origin for origin in origins if origin["Id"] == "api")
    sent = {header["HeaderName"]: header["HeaderValue"] for header in api["OriginCustomHeaders"]}
    assert variables["EDGE_KEY"] == {"Fn::If": ["OnAws", sent["x-edge"], ""]}
    assert variables["TRUSTED_PROXIES"] == {"Fn::If": ["OnAws", "1", {"Ref": "TrustedProxies"}]}
