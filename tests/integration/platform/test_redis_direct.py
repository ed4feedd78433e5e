"""The client that needs no redis-py: against real Redis, and against servers that misbehave."""

from __future__ import annotations

import datetime
import socket
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from support.cold_start import click_in_a_new_process
from support.game import Game
from support.racing import race
from support.servers import running
from support.waiting import wait_until
from tapstack.platform import redis_direct, redis_scripts
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.redis_client import available, read_all, scored
from tapstack.platform.redis_connect import connect
from tapstack.platform.redis_direct import Connection, DirectClient
from tapstack.platform.redis_pool import connect_pool
from tapstack.platform.settings import Settings
from tapstack_local.backing_services import redis_binary
from tapstack_local.processes.ports import free_port

WORD = "made-up"
CLAIM = "platform/claim"


def client_of(url: str, **settings: str) -> Any:
    client = connect(Settings.from_env({"REDIS_URL": url, "REDIS_CLUSTER": "0", **settings}))
    assert isinstance(client, DirectClient)
    return client


@pytest.fixture
def client(redis_url: str) -> Iterator[Any]:
    made = client_of(redis_url)
    yield made
    made.close()


@pytest.fixture
def guarded_redis() -> Iterator[int]:
    """The port of a Redis that wants a password."""
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--requirepass", WORD]
    with running([redis_binary(), *options]), redis.Redis(port=port, password=WORD) as other:

        def answers() -> bool:
            try:
                return bool(other.ping())
            except redis.ConnectionError:
                return False

        wait_until("Redis answers", answers)
        yield port


def test_script_that_the_server_has_forgotten_is_sent_by_its_text(client: Any) -> None:
    assert redis_scripts.run(client, CLAIM, ["a"], ["me", 60_000]) == 1
    client.script_flush()
    assert redis_scripts.run(client, CLAIM, ["a"], ["me", 60_000]) == 0
    assert client.get("a") == "me"
    assert client.get("b") is None


def test_password_and_database_are_what_a_connection_begins_with(guarded_redis: int) -> None:
    client = client_of(f"redis://:{WORD}@127.0.0.1:{guarded_redis}/3")
    client.eval("return redis.call('SET', KEYS[1], ARGV[1])", 1, "a", "ж")
    assert client.get("a") == "ж"
    with redis.Redis(port=guarded_redis, password=WORD, db=3) as other:
        assert other.get("a") == "ж".encode()
    client.close()


def test_wrong_password_is_a_store_that_is_unavailable(guarded_redis: int) -> None:
    client = client_of(f"redis://:{WORD}-too@127.0.0.1:{guarded_redis}/0")
    with pytest.raises(StoreUnavailable), available():
        client.get("a")


def test_error_of_a_script_is_redis_pys_and_costs_no_connection(client: Any) -> None:
    before = connections_made(client)
    with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
        client.eval("redis.call('SET', KEYS[1], 1) return redis.call('HGET', KEYS[1], 'f')", 1, "a")
    assert client.get("a") == "1"
    assert connections_made(client) == before + 1


@pytest.mark.parametrize("by", ["itself", "redis-py"])
def test_reads_together_are_the_same_whichever_client_asks(client: Any, redis_url: str, by: str) -> None:
    client.zadd("best", {"ada": 3, "bob": 2.5, "cat": 1e15 + 0.5})
    settings = Settings.from_env({"REDIS_URL": redis_url, "REDIS_CLUSTER": "0"})
    asked = client if by == "itself" else connect_pool(settings.redis, 2)
    above = ("(2.5", "+inf", "WITHSCORES")
    count, found, score, none = read_all(
        asked,
        [
            ("ZCARD", "best"),
            ("ZRANGEBYSCORE", "best", *above),
            ("ZSCORE", "best", "eve"),
            ("ZRANGEBYSCORE", "none", *above),
        ],
    )
    assert (count, scored(found), score, scored(none)) == (3, [("ada", 3.0), ("cat", 1e15 + 0.5)], None, [])


def test_refused_read_among_others_is_an_error_and_no_answer_is_left_for_the_next_one(client: Any) -> None:
    client.set("a", "x")
    before = connections_made(client)
    with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
        client.read_all([("GET", "a"), ("ZCARD", "a"), ("GET", "a")])
    assert client.read_all([("GET", "b"), ("GET", "a")]) == [None, "x"]
    assert connections_made(client) == before + 1


def connections_made(client: Any) -> int:
    """How many the server has ever received; asked through redis-py, which has made its own by then."""
    client.ping()
    return int(client.info("stats")["total_connections_received"])


def test_connection_that_has_gone_stale_is_replaced_unnoticed(client: Any) -> None:
    race(8, lambda _: client.get("a"))
    client.client_kill_filter(_type="normal", skipme=True)
    for _ in range(8):
        assert client.get("a") is None


def test_answer_to_an_interrupted_command_is_nobody_elses(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Connection.ask

    def interrupted(self: Connection, packed: bytes, _: int) -> None:
        self._socket.sendall(packed)
        raise KeyboardInterrupt

    client.set("a", "old")
    client.set("b", "new")
    assert client.get("a") == "old"
    monkeypatch.setattr(Connection, "ask", interrupted)
    with pytest.raises(KeyboardInterrupt):
        client.get("a")
    monkeypatch.setattr(Connection, "ask", ask)
    assert client.get("b") == "new"


def test_caller_beyond_half_of_the_connections_is_put_off(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(redis_url, REDIS_MAX_CONNECTIONS="4")
    entered, go, ask = [], Event(), Connection.ask

    def held(self: Connection, packed: bytes, count: int) -> Any:
        entered.append(self)
        if len(entered) <= 2:
            go.wait(60)
        return ask(self, packed, count)

    monkeypatch.setattr(Connection, "ask", held)
    with ThreadPoolExecutor(2) as pool:
        first = [pool.submit(client.get, "a") for _ in range(2)]
        wait_until("two are asking", lambda: len(entered) == 2)
        monkeypatch.setattr(redis_direct, "TIMEOUT_S", 0.01)
        try:
            with pytest.raises(StoreUnavailable), available():
                client.get("a")
        finally:
            go.set()
        assert [one.result() for one in first] == [None, None]
    assert client.get("a") is None
    client.close()


@contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does with each connection what a test says, one after another; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            while True:
                try:
                    peer, _ = listening.accept()
                except OSError:
                    return
                try:
                    answer(peer)
                except OSError:
                    pass
                finally:
                    peer.close()

        thread = Thread(target=accept, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"$5\r\nab"])
def test_server_that_ends_early_or_speaks_otherwise_is_unavailable(said: bytes) -> None:
    def answer(peer: socket.socket) -> None:
        peer.recv(1_000)
        peer.sendall(said)

    with serving(answer) as port:
        client = client_of(f"redis://127.0.0.1:{port}/0")
        with pytest.raises(StoreUnavailable), available():
            client.get("a")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """The key and the certificate of 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "both.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(pem))
    return path


def test_tls_is_spoken_with_a_server_whose_certificate_is_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def answer(peer: socket.socket) -> None:
        with context.wrap_socket(peer, server_side=True) as secure:
            assert b"AUTH" in secure.recv(1_000)
            secure.sendall(b"+OK\r\n")
            assert b"GET" in secure.recv(1_000)
            secure.sendall(b"$3\r\nyes\r\n")
            secure.recv(1_000)

    with serving(answer) as port:
        url = f"rediss://tapstack:{WORD}@127.0.0.1:{port}/0"
        with pytest.raises(StoreUnavailable), available():
            client_of(url).get("a")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        client = client_of(url)
        assert client.get("a") == "yes"
        client.close()


def test_click_is_counted_without_loading_redis_py(game: Game) -> None:
    """A cold start of the hottest function: importing redis-py would be most of it."""
    ada = game.sign_in(1)
    assert ada.tap(1).status == 200
    status, modules = click_in_a_new_process(game, ada, 2)
    assert status == 200
    assert "hiredis" in modules
    assert "redis" not in modules
