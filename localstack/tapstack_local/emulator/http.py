"""MiniStack's HTTP by uvicorn and httptools: an answer takes half of the CPU that it takes with hypercorn and h11."""

from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn  # type: ignore[import-not-found]

Serve = Callable[[Any, Any], Awaitable[None]]

_STOP_S = 3
"""Requests that still run get so long at the end, as with hypercorn."""


def install(hypercorn: Any) -> None:
    """Change `serve` of hypercorn's `asyncio` module, which MiniStack calls; what needs TLS stays with hypercorn."""
    hypercorn.serve = _serving(hypercorn.serve)


def _serving(by_hypercorn: Serve) -> Serve:
    async def serve(application: Any, config: Any) -> None:
        if config.ssl_enabled:
            await by_hypercorn(application, config)
            return
        host, _, port = config.bind[0].rpartition(":")
        own = uvicorn.Config(
            application,
            host=host,
            port=int(port),
            http="httptools",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=int(config.keep_alive_timeout),
            timeout_graceful_shutdown=_STOP_S,
        )
        await uvicorn.Server(own).serve()

    return serve
