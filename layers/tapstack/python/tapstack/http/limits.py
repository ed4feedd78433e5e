"""Limits of operations: of a player on every call that counts none by itself, of an address before a sign-in.

Who forges an identity is refused before this, by arithmetic alone: to count such calls would cost more than they do.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from tapstack.platform import limits
from tapstack.platform.addresses import network_of
from tapstack.telegram.init_data import InitData

if TYPE_CHECKING:
    from chalice.app import Request

    from tapstack.composition import Container
    from tapstack.http.api import Operation
    from tapstack.http.session_tokens import SessionToken
    from tapstack.platform.settings import Settings


def enforce(operation: Operation, who: SessionToken | InitData | None, request: Request, container: Container) -> None:
    """Counts a call; raises TooManyRequests where its player or its address has made too many."""
    if operation.limit and who:
        container.limiter.spend(operation.id, _player(who), operation.limit)
    if operation.by_address:
        address = _address(request, container.settings)
        if address is not None:
            of_one = limits.of_address(container.settings.address_requests_per_s)
            container.limiter.spend(operation.id, address, of_one)


def _player(who: SessionToken | InitData) -> str:
    """Who is limited: the player, or at a sign-in, which may make one, the Telegram account."""
    return f"telegram {who.user.id}" if isinstance(who, InitData) else who.player_id


def _address(request: Request, settings: Settings) -> str | None:
    """Whose address a request comes from; X-Forwarded-For counts only where proxies are trusted, and this is theirs."""
    source = str((request.context.get("identity") or {}).get("sourceIp") or "")
    proxies = settings.trusted_proxies if _through_edge(request, settings) else 0
    return network_of(source, str(request.headers.get("x-forwarded-for") or ""), proxies)


def _through_edge(request: Request, settings: Settings) -> bool:
    """Whether a request has come by the trusted proxies: where the API is open beside them, they prove it by a key."""
    given = str(request.headers.get("x-edge") or "")
    key = settings.edge_key
    return not key or hmac.compare_digest(given.encode(errors="replace"), key.encode())
