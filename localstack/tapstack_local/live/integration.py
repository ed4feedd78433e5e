"""Invokes the functions of a WebSocket API's routes by Lambda's own Invoke call, over kept connections."""

import json
from typing import Any

import aiohttp

TIMED_OUT = 504


class Integration:
    """The functions behind the routes; `address` has `{function}` where their name goes.

    That is LocalStack's Invoke API, or the same call of the embedded runtime, which takes a `secret` with it.
    """

    def __init__(self, address: str, routes: dict[str, str], secret: str, timeout_s: float) -> None:
        self._address, self._routes, self._timeout_s = address, routes, timeout_s
        self._headers = {"Authorization": secret} if secret else {}
        self._session: aiohttp.ClientSession | None = None

    async def invoke(self, route: str, event: dict[str, Any]) -> int:
        """Hand an event to a route's function; return the status that it answers, 502 or 504 where it failed."""
        function = self._routes.get(route)
        if function is None:
            return 200 if route in ("$connect", "$disconnect") else 404
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64))
        try:
            async with self._session.post(
                self._address.format(function=function),
                data=json.dumps(event),
                headers=self._headers,
                timeout=aiohttp.ClientTimeout(total=self._timeout_s),
            ) as answer:
                found = await answer.json(content_type=None)
                if answer.status != 200 or "X-Amz-Function-Error" in answer.headers or not isinstance(found, dict):
                    return 502
                return int(found.get("statusCode", 200))
        except TimeoutError:
            return TIMED_OUT
        except (aiohttp.ClientError, ValueError, OSError):
            return 502

    async def close(self) -> None:
        """End the connections."""
        if self._session is not None:
            await self._session.close()
