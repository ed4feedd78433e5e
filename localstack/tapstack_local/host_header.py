"""Whether a request's Host header names this machine, which no page of another site can make a browser send.

A page at evil.example can have its own name resolve to 127.0.0.1 (DNS rebinding): the browser then takes this
server's answers for that page's own. The name in the Host header gives it away. Imported by the runtime and,
on its own, by MiniStack's Python, so it uses only the standard library.
"""

import ipaddress
import re
from collections.abc import Collection
from functools import lru_cache

_HOST = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::[0-9]{1,5})?", re.ASCII)


@lru_cache(maxsize=256)
def host_name(header: str) -> str:
    """Return the name or address in a Host header or an origin's authority, lower-case; "" for anything odd."""
    match = _HOST.fullmatch(header.lower())
    return (match[1] or match[2]).removesuffix(".") if match else ""


@lru_cache(maxsize=256)
def is_loopback(name: str) -> bool:
    """Tell whether a name always means this machine: localhost, its subdomains, or a loopback address.

    https://www.rfc-editor.org/rfc/rfc6761#section-6.3
    """
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def names_us(header: str, more: Collection[str] = ()) -> bool:
    """Tell whether a Host header names this machine, or one of `more`; a `.name` there includes all subdomains."""
    name = host_name(header)
    if not name:
        return False
    if is_loopback(name) or name in more:
        return True
    return any(one.startswith(".") and name.endswith(one) for one in more)


def parse_names(text: str) -> frozenset[str]:
    """Read a setting of names separated by commas or spaces."""
    return frozenset(name.lower() for name in re.split(r"[,\s]+", text) if name)
