"""Signs requests to AWS with Signature Version 4, in a tenth of the time that botocore's own signer takes.

It knows two shapes of requests, DynamoDB's POST / and one of any path, both without a query: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
A test holds it against botocore's.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from time import gmtime, strftime
from typing import NamedTuple
from urllib.parse import quote


class Credentials(NamedTuple):
    """What a request is signed with; `token` is "" for keys that do not expire."""

    access_key: str
    secret_key: str
    token: str


class Signer:
    """Signs the requests to one host, in one region; keeps the key of the day, which five rounds of HMAC derive."""

    def __init__(self, host: str, region: str, service: str = "dynamodb") -> None:
        self._host, self._region, self._service = host, region, service
        self._derived: tuple[tuple[str, str], bytes] = (("", ""), b"")

    def headers(self, credentials: Credentials, target: str, body: bytes, now_s: float) -> str:
        """The headers that authorize a request, as lines; among them all that are signed but Host."""
        more = f"x-amz-target:{target}\n", ";x-amz-target"
        return f"X-Amz-Target: {target}\r\n{self._signed(credentials, 'POST', '/', more, body, now_s)}"

    def path_headers(self, credentials: Credentials, method: str, path: str, body: bytes, now_s: float) -> str:
        """The same for a request to a path, which is as it is sent: escaped once."""
        return self._signed(credentials, method, quote(path, safe="/~"), ("", ""), body, now_s)

    def _signed(
        self, credentials: Credentials, method: str, path: str, more: tuple[str, str], body: bytes, now_s: float
    ) -> str:
        """`more` is a header besides Host and the date, and its name among those that are signed."""
        at = strftime("%Y%m%dT%H%M%SZ", gmtime(now_s))
        token, names = "", f"host;x-amz-date{more[1]}"
        if credentials.token:
            token = f"x-amz-security-token:{credentials.token}\n"
            names = f"host;x-amz-date;x-amz-security-token{more[1]}"
        signed = f"host:{self._host}\nx-amz-date:{at}\n{token}{more[0]}"
        canonical = f"{method}\n{path}\n\n{signed}\n{names}\n{sha256(body).hexdigest()}"
        scope = f"{at[:8]}/{self._region}/{self._service}/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
        signature = hmac.digest(self._key(credentials.secret_key, at[:8]), text.encode(), "sha256").hex()
        authorization = f"AWS4-HMAC-SHA256 Credential={credentials.access_key}/{scope}, SignedHeaders={names}"
        lines = [f"X-Amz-Date: {at}", f"Authorization: {authorization}, Signature={signature}"]
        if credentials.token:
            lines.append(f"X-Amz-Security-Token: {credentials.token}")
        return "".join(f"{line}\r\n" for line in lines)

    def _key(self, secret_key: str, day: str) -> bytes:
        derived_from, key = self._derived  # one tuple: other threads sign, too
        if derived_from != (secret_key, day):
            key = f"AWS4{secret_key}".encode()
            for part in (day, self._region, self._service, "aws4_request"):
                key = hmac.digest(key, part.encode(), "sha256")
            self._derived = ((secret_key, day), key)
        return key
