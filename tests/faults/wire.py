"""HTTP as a page uses it: one keep-alive connection, one request at a time, each with a time limit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TIMEOUT_S = 12.0
"""The Mini App's own (miniapp/src/api/client.ts)."""


class NoAnswer(Exception):
    """There was no complete answer; the text is the class of the failure."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Wire:
    """A connection to the game, opened when needed and reopened after a failure.

    `source` is its loopback source address, on systems that have several.
    """

    def __init__(self, port: int, source: str = "", timeout_s: float = TIMEOUT_S) -> None:
        self._port, self._source, self._timeout_s = port, source, timeout_s
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(self, method: str, path: str, body: Any = None, authorization: str = "") -> Answer:
        """Sends a request and waits for its answer; raises NoAnswer."""
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._exchange(method, path, body, authorization)
        except (OSError, EOFError, ValueError) as error:
            self.close()
            raise NoAnswer(_kind(error)) from error

    def close(self) -> None:
        """Drops the connection."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _exchange(self, method: str, path: str, body: Any, authorization: str) -> Answer:
        if self._streams is None:
            self._streams = await self._connect()
        reader, writer = self._streams
        writer.write(_request(method, path, body, authorization))
        await writer.drain()
        answer = await _answer(reader)
        if answer.headers.get("connection") == "close":
            self.close()
        return answer

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._source:
            try:
                return await asyncio.open_connection("127.0.0.1", self._port, local_addr=(self._source, 0))
            except ConnectionError:
                raise
            except OSError:  # this system has only one loopback address
                pass
        return await asyncio.open_connection("127.0.0.1", self._port)


def _kind(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    return "refused" if isinstance(error, ConnectionRefusedError) else "cut"


def _request(method: str, path: str, body: Any, authorization: str) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(content)}"]
    if content:
        lines.append("Content-Type: application/json")
    if authorization:
        lines.append(f"Authorization: {authorization}")
    return "\r\n".join([*lines, "", ""]).encode() + content


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split()[1])
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:-2])}
    if headers.get("transfer-encoding") == "chunked":
        return Answer(status, headers, await _chunks(reader))
    return Answer(status, headers, await reader.readexactly(int(headers.get("content-length", 0))))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return body
