"""Requests are signed as botocore signs them."""

from __future__ import annotations

import datetime

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.aws_signature import Credentials, Signer

HOST, REGION, TARGET = "dynamodb.eu-central-1.amazonaws.com", "eu-central-1", "DynamoDB_20120810.GetItem"
NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/+", min_size=1, max_size=60)
TIMES = st.integers(0, 4_000_000_000)


def by_botocore(credentials: Credentials, body: bytes, now_s: int, host: str) -> dict[str, str]:
    at = datetime.datetime.fromtimestamp(now_s, datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {"Host": host, "X-Amz-Date": at, "X-Amz-Target": TARGET}
    if credentials.token:
        headers["X-Amz-Security-Token"] = credentials.token
    request = AWSRequest("POST", f"https://{host}/", headers, body)
    request.context["timestamp"] = at
    signer = SigV4Auth(BotoCredentials(*credentials), "dynamodb", REGION)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    signer._inject_signature_to_request(request, signer.signature(text, request))
    return dict(request.headers)


def by_the_game(signer: Signer, credentials: Credentials, body: bytes, now_s: int) -> dict[str, str]:
    lines = signer.headers(credentials, TARGET, body, now_s).split("\r\n")
    return dict(line.split(": ", 1) for line in lines if line)


@given(st.lists(st.tuples(NAMES, NAMES, st.just("") | NAMES, st.binary(), TIMES), min_size=1, max_size=4))
def test_signature_is_botocores(requests: list[tuple[str, str, str, bytes, int]]) -> None:
    """Also one after the other, with other keys and on other days: the derived key is kept between them."""
    signer = Signer(HOST, REGION)
    for access, secret, token, body, now_s in requests:
        credentials = Credentials(access, secret, token)
        expected = by_botocore(credentials, body, now_s, HOST)
        assert {"Host": HOST, **by_the_game(signer, credentials, body, now_s)} == expected


def test_port_of_the_host_is_signed() -> None:
    credentials = Credentials("AKID", "secret", "")
    signed = by_the_game(Signer("127.0.0.1:4566", REGION), credentials, b"{}", 1_800_000_000)
    assert signed["Authorization"] == by_botocore(credentials, b"{}", 1_800_000_000, "127.0.0.1:4566")["Authorization"]
