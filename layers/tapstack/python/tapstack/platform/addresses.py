"""Who an address is, as far as limits are concerned."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

_LONGEST = 50
"""Characters of a text that may be an address."""


def network_of(source: str, forwarded_for: str, trusted_proxies: int) -> str | None:
    """Whose request it is, as far as addresses tell: an IPv4 address, or the /64 of an IPv6 one, which is a household.

    `source` is who has connected. Behind so many trusted proxies it is the one that the first of them saw, counted
    from the right of X-Forwarded-For, whose last entry is `source` again. None for addresses that are nobody's on the
    internet (private, loopback): a proxy that nobody named, or this machine.
    """
    hops = [hop.strip() for hop in forwarded_for.split(",")]
    seen = _address(hops[-1 - trusted_proxies][:_LONGEST]) if 0 < trusted_proxies < len(hops) else None
    address = seen or _address(source[:_LONGEST])
    if address is None or not address.is_global:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
    return str(address)


@lru_cache(1_024)
def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
