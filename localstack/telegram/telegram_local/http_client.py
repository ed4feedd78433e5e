"""A small HTTP/1.1 client that keeps its connections: what delivers thousands of webhooks a second needs."""

import asyncio
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Answer:
    """A response, read whole."""

    status: int
    reason: str
    headers: dict[str, str]
    body: bytes


@dataclass
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


@dataclass
class Client:
    """Posts to one address. Raises OSError, EOFError, ValueError or TimeoutError where there is no answer."""

    url: str
    timeout_s: float
    _idle: list[_Connection] = field(default_factory=list)

    async def post(self, body: bytes, headers: dict[str, str]) -> Answer:
        """Send a JSON body. A kept connection that has died meanwhile is replaced once."""
        async with asyncio.timeout(self.timeout_s):
            while self._idle:
                connection = self._idle.pop()
                try:
                    return await self._exchange(connection, body, headers)
                except (OSError, EOFError):
                    connection.writer.close()
            return await self._exchange(await self._connect(), body, headers)

    def close(self) -> None:
        """Close what is idle."""
        for connection in self._idle:
            connection.writer.close()
        self._idle.clear()

    async def _connect(self) -> _Connection:
        parts = urlsplit(self.url)
        secure = ssl.create_default_context() if parts.scheme == "https" else None
        port = parts.port or (443 if secure else 80)
        reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=secure)
        return _Connection(reader, writer)

    async def _exchange(self, connection: _Connection, body: bytes, headers: dict[str, str]) -> Answer:
        parts = urlsplit(self.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [f"POST {path} HTTP/1.1", f"Host: {parts.netloc}", "Content-Type: application/json"]
        lines += [f"Content-Length: {len(body)}", "Connection: keep-alive"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        try:
            connection.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            await connection.writer.drain()
            answer = await _read(connection.reader)
        except BaseException:
            connection.writer.close()
            raise
        if answer.headers.get("connection", "").lower() == "close":
            connection.writer.close()
        else:
            self._idle.append(connection)
        return answer


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    _, _, rest = head[0].partition(" ")
    status, _, reason = rest.partition(" ")
    headers = {}
    for line in head[1:]:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Answer(int(status), reason, headers, await _read_body(reader, headers, int(status)))


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str], status: int) -> bytes:
    if status in (204, 304):
        return b""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        parts = []
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            parts.append((await reader.readexactly(size + 2))[:-2])
        await reader.readuntil(b"\r\n")
        return b"".join(parts)
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    headers["connection"] = "close"
    return await reader.read()
