"""A plain HTTP client for tests: no redirects followed, no proxies, no retries."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A status, headers (names in lower case), and the body: JSON where it is JSON, None where there is none."""

    status: int
    headers: Mapping[str, str]
    body: Any


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def request(
    method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None, *, timeout_s: float = 30
) -> Answer:
    """One request, its body sent as JSON; raises OSError where nothing answers."""
    data = None if body is None else json.dumps(body).encode()
    given = {"Content-Type": "application/json", **(headers or {})}
    call = urllib.request.Request(url, data, given, method=method)  # noqa: S310
    try:
        with _opener.open(call, timeout=timeout_s) as answer:
            return _read(answer.status, answer.headers.items(), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return _read(error.code, error.headers.items(), error.read())


def _read(status: int, headers: Any, content: bytes) -> Answer:
    names: dict[str, str] = {}
    for name, value in headers:
        low = name.lower()
        names[low] = f"{names[low]}, {value}" if low in names else value  # as a browser reads a header sent twice
    if not content:
        return Answer(status, names, None)
    is_json = names.get("content-type", "").startswith("application/json")
    return Answer(status, names, json.loads(content) if is_json else content.decode())
