"""Limits of operations: per player where an operation counts no calls by itself, per address before a sign-in.

A forged identity is refused before this, by arithmetic alone: counting such calls would cost more than they do.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tapstack.platform import limits
from tapstack.platform.addresses import network_of
from tapstack.telegram.init_data import InitData

if TYPE_CHECKING:
    from tapstack.http.operation import AnyOperation
    from tapstack.http.ports import AsyncHttpPorts, HttpPorts
    from tapstack.http.requests import Request
    from tapstack.http.session_tokens import SessionToken
    from tapstack.platform.settings import Settings


def enforce(operation: AnyOperation, who: SessionToken | InitData | None, request: Request, ports: HttpPorts) -> None:
    """Counts a call; raises TooManyRequests where its player or its address has made too many."""
    for caller, limit in _limits(operation, who, request, ports.settings):
        ports.limiter.spend(limit.name or operation.id, caller, limit)


async def enforce_async(
    operation: AnyOperation, who: SessionToken | InitData | None, request: Request, ports: AsyncHttpPorts
) -> None:
    """As enforce, on an event loop."""
    for caller, limit in _limits(operation, who, request, ports.settings):
        await ports.pipelined_limiter.spend(limit.name or operation.id, caller, limit)


def _limits(
    operation: AnyOperation, who: SessionToken | InitData | None, request: Request, settings: Settings
) -> Iterator[tuple[str, limits.Limit]]:
    """Who is counted, and how much they may."""
    if operation.limit and who:
        yield _player(who), operation.limit
    if operation.by_address:
        address = _address(request, settings)
        if address is not None:
            yield address, limits.of_address(settings.http.address_requests_per_s)


def _player(who: SessionToken | InitData) -> str:
    """Whose calls are counted: the player's, or at a sign-in, which may create one, the Telegram account's."""
    return f"telegram {who.user.id}" if isinstance(who, InitData) else who.player_id


def _address(request: Request, settings: Settings) -> str | None:
    """The address a request comes from; X-Forwarded-For counts only behind proxies that are trusted."""
    source = str((request.context.get("identity") or {}).get("sourceIp") or "")
    proxies = settings.http.trusted_proxies if _through_edge(request, settings) else 0
    return network_of(source, str(request.headers.get("x-forwarded-for") or ""), proxies)


def _through_edge(request: Request, settings: Settings) -> bool:
    """Whether a request came through the trusted proxies; where the API is reachable without them, a key proves it."""
    given = str(request.headers.get("x-edge") or "")
    key = settings.http.edge_key
    return not key or hmac.compare_digest(given.encode(errors="replace"), key.encode())
