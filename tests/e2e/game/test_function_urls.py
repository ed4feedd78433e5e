"""Clicks and heartbeats at their functions' own addresses, on every runtime."""

from __future__ import annotations

import pytest
from e2e.game.places import Target
from support.http import request

ORIGIN = "https://page.example"
CORS = "access-control-"


@pytest.mark.parametrize(("name", "body"), [("clicks", {"taps": 4}), ("heartbeat", {})])
def test_url_and_api_are_one_game(target: Target, name: str, body: dict[str, int]) -> None:
    ada = target.sign_in()
    url, headers = target.endpoint(ada.opened["endpoints"][name])
    ada.tap(4)
    direct = request("POST", url, body, {**ada.token, **headers}, timeout_s=60)
    by_api = target.call("POST", f"/{name}", body, ada.token)
    assert direct.status == by_api.status == 200
    assert direct.body["clicks"] == by_api.body["clicks"] == 4
    assert direct.headers["content-type"] == by_api.headers["content-type"]
    assert direct.headers["cache-control"] == "no-store"


def test_url_refuses_what_the_api_refuses(target: Target) -> None:
    ada = target.sign_in()
    url, headers = target.endpoint(ada.opened["endpoints"]["clicks"])
    forged = request("POST", url, {"taps": 1}, {"Authorization": "Bearer " + "A" * 59, **headers}, timeout_s=60)
    assert (forged.status, forged.body["error"]["code"]) == (401, "token_invalid")
    bad = request("POST", url, {"taps": -1}, {**ada.token, **headers}, timeout_s=60)
    assert (bad.status, bad.body["error"]["code"]) == (400, "validation_failed")
    large = request("POST", url, {"taps": 1, "more": "x" * 10_000}, {**ada.token, **headers}, timeout_s=60)
    assert (large.status, large.body["error"]["code"]) == (413, "body_too_large")
    elsewhere = request("POST", f"{url}/x", {"taps": 1}, {**ada.token, **headers}, timeout_s=60)
    assert (elsewhere.status, elsewhere.body["error"]["code"]) == (404, "not_found")
    read = request("GET", url, None, {**ada.token, **headers}, timeout_s=60)
    assert (read.status, read.body["error"]["code"]) == (405, "method_not_allowed")


def test_page_of_any_origin_may_call_a_url_and_remembers_that(target: Target) -> None:
    if target.name == "localstack":
        pytest.skip("LocalStack ignores the CORS configuration of a URL and answers by its own")
    ada = target.sign_in()
    url, headers = target.endpoint(ada.opened["endpoints"]["clicks"])
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    preflight = request("OPTIONS", url, None, {"Origin": ORIGIN, **asks, **headers})
    assert preflight.status == 200
    assert {name: value for name, value in preflight.headers.items() if name.startswith(CORS)} == {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "authorization,content-type",
        "access-control-expose-headers": "retry-after",
        "access-control-max-age": "86400",
    }
    answer = request("POST", url, {"taps": 2}, {"Origin": ORIGIN, **ada.token, **headers}, timeout_s=60)
    assert (answer.status, answer.body["taps"]) == (200, 2)
    assert answer.headers["access-control-allow-origin"] == "*", "once: browsers refuse two"
