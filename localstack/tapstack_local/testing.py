"""A running game for tests, benchmarks and fault injection: `with Game(root, state_dir) as game: ...`"""

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from tapstack_local.init_data import make_init_data
from tapstack_local.processes.ports import free_port
from tapstack_local.processes.process import Background

T = TypeVar("T")
_PACKAGE_ROOT = Path(__file__).parents[1]
# Settings of the developer who runs the tests must not leak into the game under test.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "MINISTACK_PYTHON", "VIRTUAL_ENV", "REQUESTS_CA_BUNDLE")
_KILLED_S = 10
_KEPT_PREFIXES = ("PIP_", "NPM_", "npm_", "SSL_", "NODE_", "COVERAGE")


class Answer:
    """What came back: status, headers (names in lower case), body."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status, self.body = status, body
        self.headers = {name.lower(): value for name, value in headers.items()}

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


class Game:
    """`python -m tapstack_local up` of the template in `root`, with its own state folder and port.

    `settings` go into its environment. Entering starts it, leaving stops it; every wait has a deadline, and
    a timeout shows the end of the console and of the logs.
    """

    changed: ClassVar[Callable[[Path, bool], None]] = staticmethod(lambda _state_dir, _running: None)
    """Called with the state folder, where the logs are, when a game is started (True) and when it has ended (False)."""

    def __init__(
        self, root: Path, state_dir: Path, settings: Mapping[str, str] | None = None, *, start_s: float = 240
    ) -> None:
        self.root, self.state_dir, self._start_s = root, state_dir, start_s
        own = {"PORT": str(free_port()), "STATE_DIR": str(state_dir), "ENV_FILE": os.devnull}
        self.settings = own | dict(settings or {})
        self.console = state_dir / "console.log"
        self._process: Background | None = None

    def __enter__(self) -> "Game":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # Lifecycle

    def start(self, *, wait: bool = True) -> None:
        """Start it and, by default, wait until it is ready."""
        self.state_dir.mkdir(parents=True, exist_ok=True)
        Game.changed(self.state_dir, True)
        kept = {n: v for n, v in os.environ.items() if n in _KEPT or n.startswith(_KEPT_PREFIXES)}
        local = self.root / ".venv-ministack" / "bin" / "python"
        if not local.exists():
            kept.setdefault("MINISTACK_PYTHON", str(_PACKAGE_ROOT.parent / ".venv-ministack/bin/python"))
        command = [sys.executable, "-m", "tapstack_local", "up", "--root", str(self.root)]
        environment = kept | {"PYTHONPATH": str(_PACKAGE_ROOT), "PYTHONUNBUFFERED": "1"} | self.settings
        self._process = Background("game", command, environment, self.console)
        self._process.start()
        if wait:
            self.wait_for(self._is_ready, timeout_s=self._start_s, what="the game to be ready")

    def stop(self, timeout_s: float = 90) -> int:
        """Stop it like Ctrl-C does and return its exit code."""
        if self._process is None:
            return 0
        self._process.terminate()
        try:
            return self._process.wait(timeout_s)
        except TimeoutError:
            self._process.kill()
            raise AssertionError(f"the game did not stop in {timeout_s} s\n{self.tail()}") from None
        finally:
            Game.changed(self.state_dir, False)

    def restart(self) -> None:
        """Stop it and start it on the same state."""
        self.stop()
        self.start()

    def wait_exit(self, timeout_s: float = 120) -> int:
        """Wait until it ends by itself; return its exit code."""
        if self._process is None:
            raise AssertionError("the game was not started")
        return self._process.wait(timeout_s)

    def kill(self, name: str, number: int = signal.SIGKILL) -> int:
        """Send a signal to "game" (the supervisor) or one of its processes; return the pid it had."""
        pid = self.pid(name)
        os.kill(pid, number)
        if name == "game" and number == signal.SIGKILL and self._process is not None:
            self._process.wait(_KILLED_S)
        return pid

    # Facts

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.settings['PORT']}"

    @property
    def run(self) -> dict[str, Any]:
        """The contents of run.json."""
        content: dict[str, Any] = json.loads((self.state_dir / "run.json").read_text(encoding="utf-8"))
        return content

    @property
    def redis_url(self) -> str:
        """The Redis server's address."""
        return str(self.run["redis_url"])

    @property
    def aws_endpoint_url(self) -> str:
        """MiniStack's address."""
        return str(self.run["aws_endpoint_url"])

    @property
    def pids(self) -> dict[str, int]:
        """Pids by name of process; "game" is the supervisor's."""
        run = self.run
        return {"game": run["pid"], **{name: one["pid"] for name, one in run["processes"].items()}}

    def pid(self, name: str) -> int:
        """Return one process's pid."""
        return self.pids[name]

    def secret(self, name: str) -> str:
        """Return a secret that the game has generated, such as TELEGRAM_BOT_TOKEN."""
        if given := self.settings.get(name):
            return given
        return str(json.loads((self.state_dir / "secrets.json").read_text(encoding="utf-8"))[name])

    def client_arguments(self) -> dict[str, str]:
        """Return the arguments of boto3.client for its DynamoDB and SQS."""
        return {
            "endpoint_url": self.aws_endpoint_url,
            "region_name": "us-east-1",
            "aws_access_key_id": self.secret("AWS_ACCESS_KEY_ID"),
            "aws_secret_access_key": self.secret("AWS_SECRET_ACCESS_KEY"),
        }

    def tail(self, lines: int = 40) -> str:
        """Return the end of the console and of each log, for a failure's message."""
        files = [self.console, *sorted((self.state_dir / "logs").glob("*.log"))]
        parts = []
        for file in files:
            if file.exists():
                text = file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
                parts.append("\n".join([f"--- {file.name}", *text]))
        return "\n".join(parts)

    # Use

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None,
        timeout_s: float = 60,
    ) -> Answer:  # fmt: skip
        """Send a request; redirects are not followed. Raises OSError if nothing answers."""
        request = urllib.request.Request(  # noqa: S310
            self.url + path, data=body, headers=dict(headers or {}), method=method
        )
        try:
            with _opener.open(request, timeout=timeout_s) as answer:
                return Answer(answer.status, dict(answer.headers.items()), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers.items()), error.read())

    def init_data(self, id_: int, first_name: str, username: str | None = None) -> str:
        """Return initData of a test player, signed with the game's bot token."""
        player = {"id": id_, "first_name": first_name} | ({"username": username} if username else {})
        token = self.secret("TELEGRAM_BOT_TOKEN")
        return make_init_data(player, token, auth_date_s=int(time.time()), query_id=uuid.uuid4().hex)

    def wait_for(self, probe: Callable[[], T], *, timeout_s: float = 90, what: str = "a condition") -> T:
        """Return the first truthy result of `probe`; connection errors of a restart count as not yet."""
        deadline_s = time.monotonic() + timeout_s
        last: object = None
        while True:
            try:
                if result := probe():
                    return result
                last = result
            except (OSError, ValueError, KeyError) as error:
                last = error
            if self._process is not None and not self._process.running():
                raise AssertionError(f"the game ended while waiting for {what}\n{self.tail()}")
            if time.monotonic() > deadline_s:
                raise AssertionError(f"no {what} after {timeout_s} s; last: {last!r}\n{self.tail()}")
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        return self._process is not None and self.run["pid"] == self._process.pid
