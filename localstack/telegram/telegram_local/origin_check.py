"""Validates Host and Origin: requests must name this server, and pages must be its own.

A page at evil.example can have its name resolve to 127.0.0.1 (DNS rebinding), and any page can send simple requests
to a server on loopback. Browsers reveal both: the Host header holds the page's name, Origin and Sec-Fetch-Site say
where the request comes from.
"""

import ipaddress
import re
from collections.abc import Collection
from functools import lru_cache

_HOST = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::[0-9]{1,5})?", re.ASCII)
_LINKABLE = ("/static/", "/health")


def rejection(path: str, headers: Collection[tuple[bytes, bytes]], allowed_hosts: Collection[str]) -> str:
    """Why a request is rejected, "" if it is allowed; `allowed_hosts` are accepted besides loopback names.

    The chat page itself may be linked to from anywhere (it cannot be framed); nothing else may.
    """
    hosts = [value.decode("latin-1") for name, value in headers if name.lower() == b"host"]
    if len(hosts) != 1 or not is_allowed_host(hosts[0], allowed_hosts):
        return "unknown Host: add it to TELEGRAM_LOCAL_HOSTS if it is this server's"
    if path == "/" or path.startswith(_LINKABLE):
        return ""
    for name, value in headers:
        low = name.lower()
        if low == b"sec-fetch-site" and value not in (b"same-origin", b"none"):
            return "request from another site"
        if low == b"origin" and value.decode("latin-1").partition("://")[2] != hosts[0]:
            return "request from another origin"
    return ""


def is_allowed_host(header: str, allowed: Collection[str]) -> bool:
    """Whether a Host header names loopback or one of `allowed`; `.name` there matches its subdomains."""
    name = _name(header)
    if not name:
        return False
    return _is_loopback(name) or name in allowed or any(one.startswith(".") and name.endswith(one) for one in allowed)


def parse_hosts(text: str) -> frozenset[str]:
    """Host names of a setting, separated by commas or spaces."""
    return frozenset(name.lower() for name in re.split(r"[,\s]+", text) if name)


@lru_cache(maxsize=256)
def _name(header: str) -> str:
    match = _HOST.fullmatch(header.lower())
    return (match[1] or match[2]).removesuffix(".") if match else ""


@lru_cache(maxsize=256)
def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
