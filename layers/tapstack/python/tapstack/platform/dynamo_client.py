"""DynamoDB over kept connections, for the calls that are made most: a tenth of what botocore takes for each.

Arguments and answers are those of the API, as botocore has them: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/.
So are the errors: ClientError for what DynamoDB refuses, other BotoCoreErrors where it can't be reached.
"""

from __future__ import annotations

import base64
import random
import ssl
import time
from collections import deque
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import botocore.session
import msgspec
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    ReadTimeoutError,
)
from botocore.httpsession import get_cert_path

from tapstack.platform.aws_signature import Credentials, Signer
from tapstack.platform.http_connection import BrokenConnection, HttpConnection, Response

CONNECT_TIMEOUT_S = 1
READ_TIMEOUT_S = 2
ANSWER_TIMEOUT_S = 3
"""For a whole answer: one that comes drop by drop is given up, too."""

ATTEMPTS = 2
"""A DynamoDB that hangs is given up before the 10 s of a function are over, and while its caller still waits."""

BACKOFF_S = 0.05
CONNECTIONS = 16
KEPT_IDLE_S = 30.0
"""Past this a connection is not used again: something on its way may have forgotten it."""

THROTTLED = frozenset(
    {"ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException", "Throttling"}
)
_OLD_CREDENTIALS = frozenset({"ExpiredTokenException", "UnrecognizedClientException"})
_TARGET = "DynamoDB_20120810."

Arguments = Mapping[str, Any]
Answer = dict[str, Any]


class DynamoClient:
    """Calls of DynamoDB, from any thread.

    Credentials, region and endpoint are those that botocore finds: the environment's, the profile's, the container's
    or the instance's role; it renews what expires. They are looked for at the first call.
    """

    def __init__(
        self, session: Callable[[], Any] = botocore.session.get_session, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._session, self._pause = session, pause
        self._lock = Lock()
        self._server: _Server | None = None

    def call(self, operation: str, arguments: Arguments, *, repeatable: bool = True) -> Answer:
        """The answer to one call; what waiting mends is tried again once.

        A call that is not `repeatable` is tried again only where DynamoDB has certainly not carried it out. Raises
        ClientError or another BotoCoreError.
        """
        server = self._connected()
        body = msgspec.json.encode(arguments)
        credentials = server.credentials()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = server.post(operation, body, credentials, repeatable=repeatable)
                if answer.status == 200:
                    return _decoded(answer.body)
                refusal = _refusal(answer, operation)
                error: Exception = refusal
                again = _passes(refusal, repeatable)
            except BotoCoreError as failure:
                error, again = failure, repeatable
            if _is_outdated(error):
                before, credentials = credentials, server.credentials()
                again = credentials != before
            if not again or attempt == ATTEMPTS:
                raise error
            self._pause(BACKOFF_S * 2**attempt * random.random())  # noqa: S311
        raise AssertionError("the last attempt returns or raises")

    @property
    def endpoint_url(self) -> str:
        """Where DynamoDB is."""
        return self._connected().url

    def _connected(self) -> _Server:
        with self._lock:
            if self._server is None:
                self._server = _Server(self._session())
            return self._server


class _Server:
    """DynamoDB as one process reaches it, with a pool of connections."""

    def __init__(self, session: Any) -> None:
        self._session = session
        # The rules for this are botocore's own: settings, profiles, partitions, dual stack.
        found = session.create_client("dynamodb").meta
        self.url: str = found.endpoint_url
        parts = urlsplit(self.url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port or (443 if self._secure else 80)
        authorities = session.get_config_variable("ca_bundle") or get_cert_path(True)
        self._tls = ssl.create_default_context(cafile=authorities) if self._secure else None
        host = self._host if self._port in (80, 443) else f"{self._host}:{self._port}"
        self._signer = Signer(host, found.region_name)
        self._head = (
            f"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-amz-json-1.0\r\nUser-Agent: tapstack\r\n"
        )
        self._idle: deque[tuple[HttpConnection, float]] = deque()

    def credentials(self) -> Credentials:
        """Those of this moment; raises NoCredentialsError."""
        found = self._session.get_credentials()
        if found is None:
            raise NoCredentialsError
        frozen = found.get_frozen_credentials()
        return Credentials(frozen.access_key, frozen.secret_key, frozen.token or "")

    def post(self, operation: str, body: bytes, credentials: Credentials, *, repeatable: bool) -> Response:
        """One request, over a kept connection if there is one; raises BotoCoreErrors."""
        target = _TARGET + operation
        signed = self._signer.headers(credentials, target, body, time.time())
        request = f"{self._head}{signed}Content-Length: {len(body)}\r\n\r\n".encode() + body
        kept = self._kept()
        if kept:
            try:
                return self._ask(kept, request)
            except (BrokenConnection, ConnectionError) as error:
                # The server may have closed it at this very moment, as servers do with idle connections.
                if not repeatable or not getattr(error, "unanswered", True):
                    raise ConnectionClosedError(endpoint_url=self.url, error=error) from error
            except TimeoutError as error:
                raise ReadTimeoutError(endpoint_url=self.url, error=error) from error
        try:
            fresh = HttpConnection(self._host, self._port, self._tls, CONNECT_TIMEOUT_S)
        except OSError as error:
            raise EndpointConnectionError(endpoint_url=self.url, error=error) from error
        try:
            return self._ask(fresh, request)
        except TimeoutError as error:
            raise ReadTimeoutError(endpoint_url=self.url, error=error) from error
        except OSError as error:
            raise ConnectionClosedError(endpoint_url=self.url, error=error) from error

    def _kept(self) -> HttpConnection | None:
        """The connection that was used last; closes those that can't be used any more."""
        while True:
            try:
                connection, since_s = self._idle.pop()
            except IndexError:
                return None
            if time.monotonic() - since_s < KEPT_IDLE_S and connection.usable:
                return connection
            connection.close()

    def _ask(self, connection: HttpConnection, request: bytes) -> Response:
        answer = connection.ask(request, READ_TIMEOUT_S, ANSWER_TIMEOUT_S)
        if len(self._idle) < CONNECTIONS and connection.reusable:
            self._idle.append((connection, time.monotonic()))
        else:
            connection.close()
        return answer


def _passes(error: ClientError, repeatable: bool) -> bool:
    """Whether a refusal is tried again: throttling has changed nothing, a failure inside of DynamoDB may have."""
    failed = error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500
    return error.response["Error"]["Code"] in THROTTLED or (failed and repeatable)


def _is_outdated(error: Exception) -> bool:
    """Whether the credentials were not valid any more: others may be there by now."""
    return isinstance(error, ClientError) and error.response["Error"]["Code"] in _OLD_CREDENTIALS


def _refusal(answer: Response, operation: str) -> ClientError:
    """What an answer that is none of success says; the status is the code where a proxy has answered."""
    try:
        said = msgspec.json.decode(answer.body)
        code = str(said["__type"]).rpartition("#")[2].partition(":")[0]
        message = str(said.get("message") or said.get("Message") or "")
        reasons = said.get("CancellationReasons")
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError, ValueError):
        code, message, reasons = str(answer.status), "", None
    metadata = {"HTTPStatusCode": answer.status}
    response = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}
    return ClientError({**response, "CancellationReasons": reasons} if reasons else response, operation)


def _decoded(body: bytes) -> Answer:
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise HTTPClientError(error=f"the answer is no JSON: {error}") from error
    if not isinstance(answer, dict):
        raise HTTPClientError(error="the answer is no object")
    return _with_bytes(answer) if b'"B' in body else answer


def _with_bytes(value: Any) -> Any:
    """A part of an answer with its binary values as bytes."""
    if isinstance(value, list):
        return [_with_bytes(one) for one in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((kind, content),) = value.items()
        if kind == "B" and isinstance(content, str):
            return {kind: base64.b64decode(content)}
        if kind == "BS" and isinstance(content, list):
            return {kind: [base64.b64decode(one) for one in content]}
    return {name: _with_bytes(one) for name, one in value.items()}
