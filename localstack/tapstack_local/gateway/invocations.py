"""Lambda's Invoke call for the process `live`, below /_invoke/: who knows this run's secret may invoke its functions.

https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
"""

import hmac
import json
from collections.abc import Iterable, Mapping

from tapstack_local.functions.pool import Pool
from tapstack_local.gateway.application import StartResponse, error_answer, log_failure
from tapstack_local.gateway.proxy import Environ

PREFIX = "/_invoke/"
SECRET = "LIVE_SECRET"  # noqa: S105 - the name of a variable
"""What functions know `@connections` by, and the process `live` the functions."""

_BODY_LIMIT = 1024 * 1024


class Invocations:
    """The functions in `pools` that may be invoked, as a WSGI application."""

    def __init__(self, pools: Mapping[str, Pool], functions: Iterable[str], secret: str) -> None:
        self._pools = {name: pools[name] for name in functions}
        self._secret = secret.encode()

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request; to anybody else there is nothing here."""
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1")
        pool = self._pools.get(environ["PATH_INFO"].removeprefix(PREFIX))
        if pool is None or environ["REQUEST_METHOD"] != "POST" or not hmac.compare_digest(given, self._secret):
            return error_answer(start, 404, "not_found", "there is nothing at this path", [])
        body: bytes = environ["wsgi.input"].read(_BODY_LIMIT + 1)
        headers = [("Content-Type", "application/json")]
        try:
            answer = json.dumps(pool.invoke(json.loads(body)))
        except BaseException as error:
            # Whatever a handler raises must not end this thread without an answer.
            log_failure(pool.function.id, "", error)
            answer, headers = "{}", [*headers, ("X-Amz-Function-Error", "Unhandled")]
        start("200 -", headers)
        return [answer.encode()]
