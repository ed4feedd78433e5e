"""template.yaml, the table of operations and the functions say the same."""

from __future__ import annotations

from typing import Any

import pytest
from support.calls import FUNCTION_OF
from support.game import load_function
from support.servers import ROOT
from support.templates import FUNCTIONS as BY_ID
from support.templates import MAIN, RESOURCES, folder_of
from tapstack.api import OPERATIONS

FUNCTIONS = {folder_of(function): properties for function, properties in BY_ID.items()}
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
    handler = FUNCTIONS[folder].get("Handler", MAIN["Globals"]["Function"]["Handler"])
    module, _, name = handler.partition(".")
    assert module == "app"
    assert callable(getattr(load_function(folder), name))


def test_answers_of_the_gateway_itself_are_no_pages_to_a_browser() -> None:
    """Values without quotes inside: a value here stands in quotes, and AWS does not say how to write one in it."""
    responses = RESOURCES["Api"]["Properties"]["GatewayResponses"]
    assert set(responses) == {"MISSING_AUTHENTICATION_TOKEN", "DEFAULT_4XX", "DEFAULT_5XX"}
    for response in responses.values():
        headers = response["ResponseParameters"]["Headers"]
        assert headers.keys() >= {"Content-Security-Policy", "Referrer-Policy", "Strict-Transport-Security"}
        assert headers["X-Content-Type-Options"] == "'nosniff'"
        assert headers["X-Frame-Options"] == "'DENY'"
        assert all(value.count("'") == 2 for value in headers.values())
