"""The game as docker-compose.yml's production profile runs it, behind the same Caddyfile, over HTTPS.

Needs `caddy` on PATH (Debian's package); without it the tests are skipped. No Docker: the command and the environment
are those of the image and of the profile, but for paths and ports.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import threading
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml  # type: ignore[import-untyped]
from aiohttp.abc import AbstractResolver, ResolveResult
from support.identity import BOT_TOKEN, init_data
from support.one_server import operate
from support.racing import beside
from support.servers import ROOT, running
from support.waiting import DEADLINE_S, wait_until
from tapstack_local.processes.ports import free_port
from tapstack_local.testing import Game
from telegram_local.testing import LocalTelegram

SITE, TELEGRAM = "game.example.com", "localhost"
EDGE_KEY = "8c6b1d0c5c7a4a5fb1f1a9a1e5c2b7d8"
NO_CADDY = "no Caddy: install Debian's `caddy`"


@dataclass(frozen=True)
class Server:
    """A game on one server, as the internet sees it."""

    game: Game
    port: int
    certificate: Path
    telegram_url: str

    def call(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None, site: str = SITE
    ) -> tuple[int, dict[str, str], bytes]:
        """One HTTPS request, with the certificate checked; the status, headers and body of its answer."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        connection = _Resolved(site, self.port, context)
        try:
            text = json.dumps(body).encode() if body is not None else None
            connection.request(method, path, text, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def sign_in(self, number: int) -> dict[str, Any]:
        headers = {"Authorization": f"tma {init_data(number, token=BOT_TOKEN)}"}
        status, _, body = self.call("POST", "/sessions", {"session_id": str(uuid.uuid4())}, headers)
        assert status == 201, body
        answer: dict[str, Any] = json.loads(body)
        return answer


class _Resolved(http.client.HTTPSConnection):
    """A connection to a name that leads here, as an A record would."""

    def __init__(self, site: str, port: int, context: ssl.SSLContext) -> None:
        super().__init__("127.0.0.1", port, context=context, timeout=60)
        self._site, self._context_of_site = site, context

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._context_of_site.wrap_socket(self.sock, server_hostname=self._site)

    def putrequest(self, method: str, url: str, *_: Any, **__: Any) -> None:
        super().putrequest(method, url, skip_host=True)
        self.putheader("Host", self._site)


def container_environment(env_file: Mapping[str, str]) -> dict[str, str]:
    """What the container of the game gets: its image's environment and the profile's, with the values of .env."""
    text = (ROOT / "infra/one-server/Dockerfile").read_text()
    image = text.rpartition("ENV ")[2].partition("CMD")[0].replace("\\\n", " ")
    found = dict(pair.split("=", 1) for pair in image.split())
    assert 'CMD ["python", "-m", "tapstack_local", "up"]' in text
    for name, text in yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["game"][
        "environment"
    ].items():
        found[name] = re.sub(r"\$\{(\w+):-(.*?)\}", lambda match: env_file.get(match[1]) or match[2], text)
    for of_the_image in ("PATH", "PYTHONPATH", "MINISTACK_PYTHON", "STATE_DIR"):
        del found[of_the_image]
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    caddy = shutil.which("caddy") or os.environ.get("CADDY")
    if not caddy:
        pytest.skip(NO_CADDY)
    folder = tmp_path_factory.mktemp("server")
    ports = {name: str(free_port()) for name in ("HTTP_PORT", "HTTPS_PORT", "HEALTH_PORT", "PORT", "LIVE_PORT")}
    with LocalTelegram(token=BOT_TOKEN, username="the_bot") as telegram:
        config = folder / "Caddyfile"
        # Telegram itself, which the game calls by HTTPS alone.
        own = f"{TELEGRAM} {{\n\ttls internal\n\treverse_proxy {telegram.url.removeprefix('http://')} {{\n"
        own += f"\t\theader_up Host {telegram.url.removeprefix('http://')}\n\t}}\n}}\n"
        config.write_text((ROOT / "infra/one-server/Caddyfile").read_text() + own)
        environment = ports | {
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "SITE": SITE,
            "EDGE_KEY": EDGE_KEY,
            "GAME": f"127.0.0.1:{ports['PORT']}",
            "LIVE": f"127.0.0.1:{ports['LIVE_PORT']}",
            "TLS": "tls internal",
        }
        certificate = folder / "caddy/pki/authorities/local/root.crt"
        with running([caddy, "run", "--config", str(config)], environment, name="caddy"):
            wait_until("Caddy's own certificate authority", certificate.exists)
            settings = container_environment({"SITE": SITE, "TELEGRAM_BOT_TOKEN": BOT_TOKEN, "EDGE_KEY": EDGE_KEY})
            settings |= {name: ports[name] for name in ("PORT", "LIVE_PORT")}
            settings |= {"WEB_WORKERS": "1", "SSL_CERT_FILE": str(certificate)}
            settings["ADDRESS_REQUESTS_PER_S"] = "1"
            settings["TELEGRAM_API_BASE"] = f"https://{TELEGRAM}:{ports['HTTPS_PORT']}"
            with Game(ROOT, folder / "state", settings) as game:
                yield Server(game, int(ports["HTTPS_PORT"]), certificate, telegram.url)


def test_click_over_https_counts_once(server: Server) -> None:
    session = server.sign_in(1)
    headers = {"Authorization": f"Bearer {session['token']}"}
    for _ in range(2):
        status, _, body = server.call("POST", session["endpoints"]["clicks"], {"taps": 7}, headers)
        assert (status, json.loads(body)["clicks"]) == (200, 7)
    status, found, _ = server.call("GET", "/app/")
    assert (status, found["content-type"].partition(";")[0]) == (200, "text/html")
    assert found["strict-transport-security"] == "max-age=31536000"
    assert "server" not in {name for name, value in found.items() if value != "Caddy"}


@pytest.mark.parametrize(
    "path",
    ["/dev/init-data", "/dev", "//dev/init-data", "/%64ev/init-data", "/app/../dev/init-data", "/_ministack/reset",
     "/_ministack/health", "/_local/", "/metrics", "/config/", "/bot/getMe", "/_url/", "/_url/SyncFunction/",
     "/run.json", "/app/../../state/secrets.json", "/live", "/live/@connections/x", "/x/@connections/x",
     "/app/%2e%2e/%2e%2e/template.yaml", "/.env"],
)  # fmt: skip
def test_nothing_but_the_game_can_be_reached(server: Server, path: str) -> None:
    for method in ("GET", "POST"):
        body = {"id": 1, "first_name": "Eve"} if method == "POST" else None
        status, _, text = server.call(method, path, body)
        assert status in (301, 302, 308, 400, 404, 405), (status, text[:200])
        assert b"init_data" not in text
        assert b"AWSTemplate" not in text


def test_websocket_is_served_at_the_address_that_the_session_names(server: Server) -> None:
    session = server.sign_in(4)
    assert session["live"]["url"] == f"wss://{SITE}/live"

    async def ping() -> Any:
        context = ssl.create_default_context(cafile=str(server.certificate))
        connector = aiohttp.TCPConnector(resolver=_Here(), ssl=context)
        url, query = f"wss://{SITE}:{server.port}/live", {"ticket": session["live"]["ticket"]}
        async with aiohttp.ClientSession(connector=connector) as client:
            async with client.ws_connect(url, params=query, headers={"Host": SITE}) as live:
                connection = live.get_extra_info("socket")
                await live.send_json({"type": "ping"})
                answer = await live.receive_json(timeout=DEADLINE_S)
        async with asyncio.timeout(
            DEADLINE_S
        ):  # TLS ends after the WebSocket, and Python warns of a loop that doesn't wait
            while connection.fileno() != -1:
                await asyncio.sleep(0.01)
        return answer

    assert asyncio.run(ping()) == {"type": "pong", "rooms": []}


class _Here(AbstractResolver):
    """Every name leads here, as an A record would."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing is kept."""


def test_other_names_lead_nowhere(server: Server) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError)):
        server.call("GET", "/health", site="other.example.com")


def test_nobody_can_claim_another_address(server: Server) -> None:
    """Behind the proxy an address is what the proxy sees, whatever a client sends: here this machine's own, without
    limit. Past the proxy a claim counts only with the proxy's key, or the limit would show.
    """
    path, claimed = "/leaderboard/closed", {"X-Forwarded-For": "9.9.9.9", "Forwarded": "for=9.9.9.9"}
    for _ in range(30):
        for headers in (claimed, claimed | {"X-Edge": EDGE_KEY}, {"X_Forwarded_For": "9.9.9.9", "X_Edge": EDGE_KEY}):
            assert server.call("GET", path, headers=headers)[0] == 200
        assert server.game.request("GET", path, headers=claimed).status == 200
    keyed = claimed | {"X-Edge": EDGE_KEY}
    wait_until("the limit of an address", lambda: server.game.request("GET", path, headers=keyed).status == 429)


def test_bodies_have_a_limit_at_the_proxy(server: Server) -> None:
    status, _, _ = server.call("POST", "/clicks", "x" * 1_200_000)
    assert status == 413


def test_webhook_is_registered_with_its_secret_and_answers_nobody_else(server: Server) -> None:
    def asked(method: str) -> Any:
        with urllib.request.urlopen(f"{server.telegram_url}/bot{BOT_TOKEN}/{method}", timeout=60) as answer:  # noqa: S310
            return json.load(answer)["result"]

    found = wait_until("the webhook", lambda: asked("getWebhookInfo")["url"])
    assert found == f"https://{SITE}/telegram/webhook"
    assert asked("getChatMenuButton")["web_app"]["url"] == f"https://{SITE}/app/"
    update = {"update_id": 1}
    assert server.call("POST", "/telegram/webhook", update)[0] == 401
    secret = {"X-Telegram-Bot-Api-Secret-Token": server.game.secret("TELEGRAM_WEBHOOK_SECRET")}
    assert server.call("POST", "/telegram/webhook", update, secret)[0] == 200


def test_health_tells_the_container_how_the_game_is(server: Server) -> None:
    done = operate(server.game.state_dir, "health")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "ok"


def test_new_code_is_loaded_without_a_failed_request(server: Server) -> None:
    session = server.sign_in(2)
    headers = {"Authorization": f"Bearer {session['token']}"}
    taps, before = 0, server.game.pid("server")
    statuses = set()

    def play() -> None:
        nonlocal taps
        taps += 1
        statuses.add(server.call("POST", "/clicks", {"taps": taps}, headers)[0])
        threading.Event().wait(0.05)

    with beside(play):
        assert operate(server.game.state_dir, "reload", "--root", str(ROOT)).returncode == 0
        server.game.wait_for(lambda: "reloaded in" in server.game.console.read_text(), what="the reload")
    assert server.game.pid("server") != before
    assert statuses == {200}
    assert json.loads(server.call("POST", "/clicks", {"taps": taps}, headers)[2])["taps"] == taps


def test_requests_wait_while_the_game_restarts(server: Server) -> None:
    """Last, as it stops the game for a moment: a new container, or a new version."""
    session = server.sign_in(3)
    headers = {"Authorization": f"Bearer {session['token']}"}
    answers = []

    def click() -> None:
        answers.append(server.call("POST", "/clicks", {"taps": 5}, headers)[0])

    server.game.stop()
    waiting = threading.Thread(target=click)
    waiting.start()
    server.game.start()
    waiting.join()
    # Held until the game is back, if it is back within 20 s; the client sends the same count again in any case.
    assert answers[0] in (200, 502)
    assert json.loads(server.call("POST", "/clicks", {"taps": 5}, headers)[2])["taps"] == 5
