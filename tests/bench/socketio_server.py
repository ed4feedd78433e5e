"""python-socketio, which the process `live` is measured beside: clients connect, and POST /push sends to some of them.

Run as a program, with its port: it is no part of this package's environment (peers.txt).
"""

from __future__ import annotations

import asyncio
import resource
import sys

import socketio  # type: ignore[import-not-found]
from aiohttp import web

sio = socketio.AsyncServer(async_mode="aiohttp")


async def push(request: web.Request) -> web.Response:
    asked = await request.json()
    await asyncio.gather(*(sio.emit("m", asked["data"], to=sid) for sid in asked["to"]))
    return web.Response()


def main() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    app = web.Application(client_max_size=64 * 1024**2)
    app.router.add_post("/push", push)
    sio.attach(app)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None, backlog=4_096)


if __name__ == "__main__":
    main()
