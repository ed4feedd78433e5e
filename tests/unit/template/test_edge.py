"""CloudFront before the API and the Mini App."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from support.servers import ROOT
from support.templates import EDGE, MAIN, RESOURCES, inside, own_variables
from tapstack.api import OPERATIONS
from tapstack.http.operation import AnyOperation, Auth


def pattern(operation: AnyOperation) -> str:
    """An operation's path as CloudFront has it."""
    return re.sub(r"{\w+}", "*", operation.path)


def caching() -> dict[str, dict[str, Any]]:
    """What CloudFront caches of the API: the configurations of the policies, by path below the stage."""
    behaviours = EDGE["Site"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    named = {b["PathPattern"].removeprefix("/v1"): b["CachePolicyId"] for b in behaviours}
    return {
        path: EDGE[policy["Ref"]]["Properties"]["CachePolicyConfig"]
        for path, policy in named.items()
        if isinstance(policy, dict)
    }


def test_edge_caches_whatever_anybody_may_read() -> None:
    """Else each anonymous call is paid at the API, the function and the store; health is asked for now."""
    public = {pattern(o) for o in OPERATIONS if o.method == "GET" and o.auth is Auth.NONE}
    assert set(caching()) == public - {"/health"}


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if pattern(o) in caching()], ids=lambda o: o.id)
def test_edge_tells_answers_apart_by_what_the_operation_reads_and_nothing_else(operation: AnyOperation) -> None:
    """A word less would give one's answer to another; a word more, and ?x=1, ?x=2 ... never come from the cache."""
    keyed = caching()[pattern(operation)]["ParametersInCacheKeyAndForwardedToOrigin"]
    assert set(keyed["QueryStringsConfig"].get("QueryStrings", ())) == {*operation.query, *operation.texts}
    assert keyed["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert keyed["CookiesConfig"] == {"CookieBehavior": "none"}


def test_pages_have_the_policy_that_is_written_beside_them() -> None:
    """The embedded runtime sends the same one. Telegram on the web shows the Mini App in a frame."""
    config = EDGE["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    written: dict[str, str] = json.loads((ROOT / "miniapp/content-security-policy.json").read_text())
    policy = "; ".join(f"{directive} {sources}" for directive, sources in written.items())
    assert config["ContentSecurityPolicy"] == {"Override": True, "ContentSecurityPolicy": policy}
    assert written["frame-ancestors"] == "https://*.telegram.org"
    assert "FrameOptions" not in config
    assert {"ContentTypeOptions", "ReferrerPolicy", "StrictTransportSecurity"} <= config.keys()


def test_edge_keeps_no_refusal() -> None:
    """It would for ten seconds, without regard to whom it was for: one player's 404 would be everybody's."""
    kept = EDGE["Site"]["Properties"]["DistributionConfig"]["CustomErrorResponses"]
    assert {entry["ErrorCode"] for entry in kept} == {400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}
    assert {entry["ErrorCachingMinTTL"] for entry in kept} == {0}


def test_nobody_but_the_edge_and_telegram_calls_the_api() -> None:
    """The policy refuses whoever lacks the word that CloudFront sends, which WAF and the functions know too."""
    word = EDGE["Site"]["Properties"]["DistributionConfig"]["Origins"][1]["OriginCustomHeaders"]
    [sent] = [header["HeaderValue"] for header in word if header["HeaderName"] == "Referer"]
    assert {header["HeaderName"]: header["HeaderValue"] for header in word} == {"Referer": sent, "x-edge": sent}
    assert sent == {"Ref": "EdgeKey"}
    key = MAIN["Resources"]["Edge"]["Properties"]["Parameters"]["EdgeKey"]
    assert own_variables("SessionsFunction")["EDGE_KEY"] == {"Fn::If": ["OnAws", key, ""]}
    allow, on_aws = RESOURCES["Api"]["Properties"]["Auth"]["ResourcePolicy"]["CustomStatements"]
    deny = on_aws["Fn::If"][1]
    assert (allow["Effect"], deny["Effect"], on_aws["Fn::If"][0]) == ("Allow", "Deny", "OnAws")
    assert deny["Condition"]["StringNotEquals"] == {"aws:Referer": key}
    assert set(deny["Condition"]) == {"StringNotEquals", "NotIpAddress"}
    matched = [found["SearchString"] for found in inside(EDGE["Waf"]) if "SearchString" in found]
    assert matched == [sent, sent]
