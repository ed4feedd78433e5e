"""What a running game does with requests, messages and the clock."""

import http.client
import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import boto3
import psutil  # type: ignore[import-untyped]
from tapstack_local.testing import Game

JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain"}


def counts(game: Game) -> dict[str, Any]:
    found: dict[str, Any] = game.request("GET", "/counts").json()
    return found


def count(game: Game, name: str) -> int:
    return int(counts(game).get(name, 0))


def enqueue(game: Game, body: str) -> None:
    assert game.request("POST", "/enqueue", body.encode(), TEXT).status == 202


def raw(game: Game, request: bytes) -> bytes:
    """Send bytes as they are; return the first of the answer."""
    with socket.create_connection(("127.0.0.1", int(game.settings["PORT"])), timeout=60) as connection:
        connection.sendall(request)
        return connection.recv(65536)


def test_a_route_answers_with_template_environment_and_layer(running: Game) -> None:
    answer = running.request("GET", "/health")
    assert answer.status == 200
    assert answer.json()["greeting"] == "hello"
    assert answer.json()["version"] == 1
    assert answer.headers["x-amzn-requestid"]


def test_path_query_headers_and_body_arrive(running: Game) -> None:
    answer = running.request("POST", "/echo/h%C3%A9%20x?a=1&b=%26", b'{"k": "\xc3\xa9"}', {**JSON, "X-Toy": "yes"})
    assert answer.json() == {
        "name": "hé x",
        "query": {"a": "1", "b": "&"},
        "body": {"k": "é"},
        "header": "yes",
    }


def test_a_chunked_body_arrives_and_a_huge_one_is_413(running: Game) -> None:
    chunked = (
        b"POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    assert b'"body":{"a":1}' in raw(running, chunked + b'7\r\n{"a":1}\r\n0\r\n\r\n')
    long = b"POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"
    assert b" 413 " in raw(running, long)
    connection = http.client.HTTPConnection(urlsplit(running.url).netloc, timeout=60)
    try:
        connection.request("POST", "/echo/x", iter([b"x" * 1_000_000] * 11), JSON, encode_chunked=True)
        answer = connection.getresponse()
        assert answer.status == 413
        assert json.loads(answer.read())["error"]["code"] == "body_too_large"
    except ConnectionError:
        pass  # the server refuses as soon as it is too much, and hangs up on who goes on sending
    finally:
        connection.close()


def test_function_with_an_asynchronous_entry_is_served_on_the_event_loop(running: Game) -> None:
    for path in ("/quick/now", "/_url/QuickFunctionUrl/now"):
        seen = running.request("POST", path, b"hello", {"Content-Type": "text/plain", "X-Toy": "yes"}).json()
        assert (seen["by"], seen["thread"], seen["body"], seen["header"]) == ("serve", "event-loop", "hello", "yes")
    assert running.request("POST", "/quick/declined").json()["by"] == "handler"
    failed = running.request("POST", "/quick/fails")
    assert (failed.status, failed.json()["error"]["code"]) == (502, "internal_error")
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: running.request("POST", "/quick/waits").json(), range(32)))
    assert {answer["thread"] for answer in answers} == {"event-loop"}
    assert running.request("GET", "/health").status == 200


def test_unknown_path_and_method_are_the_gateways_errors(running: Game) -> None:
    missing = running.request("GET", "/nothing/here")
    assert (missing.status, missing.json()["error"]["code"]) == (404, "not_found")
    wrong = running.request("DELETE", "/health")
    assert (wrong.status, wrong.json()["error"]["code"]) == (405, "method_not_allowed")


def test_home_leads_to_the_mini_app(running: Game) -> None:
    assert running.request("GET", "/").headers["location"] == "/app/"
    assert running.request("GET", "/dev/").status == 404
    assert running.request("GET", "/app/").json()["error"]["message"] == "the Mini App is not built"


def test_requests_on_several_threads_do_not_see_each_other(running: Game) -> None:
    """The race that one Chalice app on several threads loses: `current_request` is a field of the app."""

    def one(number: int) -> dict[str, Any]:
        found: dict[str, Any] = running.request("GET", f"/race/n{number}").json()
        return found

    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(one, range(400)))
    assert all(a["name"] == a["before"] == a["after"] == f"n{i}" for i, a in enumerate(answers))
    assert len({answer["thread"] for answer in answers}) > 2


def test_a_message_is_worked_off_once_and_stored(running: Game) -> None:
    before = count(running, "received:job")
    enqueue(running, "job")
    running.wait_for(lambda: count(running, "received:job") == before + 1, what="the message")
    running.wait_for(lambda: count(running, "stored") >= 1, what="the table's item")


def test_a_failing_message_comes_back_and_ends_in_the_dead_letter_queue(running: Game) -> None:
    for body in ("fail", "good-1", "good-2"):
        enqueue(running, body)
    sqs = boto3.client("sqs", **running.client_arguments())
    dead = sqs.get_queue_url(QueueName="tapstack-WorkDeadLetters")["QueueUrl"]
    found: list[str] = []

    def arrived() -> bool:
        found.extend(m["Body"] for m in sqs.receive_message(QueueUrl=dead).get("Messages", []))
        return "fail" in found

    running.wait_for(arrived, what="the dead letter")
    assert found == ["fail"]
    assert count(running, "received:fail") == 2
    assert count(running, "received:good-1") == count(running, "received:good-2") == 1


def test_schedules_fire_with_their_events(running: Game) -> None:
    seen: set[str] = set()

    def both() -> bool:
        event = json.loads(counts(running).get("event", "{}"))
        seen.add("nightly" if "nightly" in event else event.get("detail-type", ""))
        return {"nightly", "Scheduled Event"} <= seen

    running.wait_for(both, what="an event of each schedule")
    assert counts(running)["function"] == "tapstack-TickFunction"


def test_deploy_made_keys_index_and_ttl(running: Game) -> None:
    dynamodb = boto3.client("dynamodb", **running.client_arguments())
    table = dynamodb.describe_table(TableName="tapstack-ItemsTable")["Table"]
    assert [index["IndexName"] for index in table["GlobalSecondaryIndexes"]] == ["by_kind"]
    ttl = dynamodb.describe_time_to_live(TableName="tapstack-ItemsTable")["TimeToLiveDescription"]
    assert (ttl["TimeToLiveStatus"], ttl["AttributeName"]) == ("ENABLED", "expires_at_s")
    sqs = boto3.client("sqs", **running.client_arguments())
    url = sqs.get_queue_url(QueueName="tapstack-WorkQueue")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert attributes["VisibilityTimeout"] == "3"
    assert json.loads(attributes["RedrivePolicy"])["deadLetterTargetArn"].endswith(":tapstack-WorkDeadLetters")


def test_everything_listens_on_this_machine_only(running: Game) -> None:
    family = [psutil.Process(running.pid("game")), *psutil.Process(running.pid("game")).children(recursive=True)]
    hosts = {
        connection.laddr.ip
        for process in family
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert hosts == {"127.0.0.1"}


def test_a_second_game_on_the_same_port_is_told_who_has_it(running: Game, tmp_path: Any) -> None:
    other = Game(running.root, tmp_path / "state", {"PORT": running.settings["PORT"]})
    other.start(wait=False)
    assert other.wait_exit() == 1
    said = other.console.read_text(encoding="utf-8")
    assert f"port {running.settings['PORT']} is taken by process {running.pid('game')}" in said
    assert "set PORT=" in said
    assert "Traceback" not in said


def test_a_second_game_on_the_same_state_is_told_so(running: Game) -> None:
    other = Game(running.root, running.state_dir)
    other.console = running.state_dir / "other.log"
    other.start(wait=False)
    assert other.wait_exit() == 1
    assert "already running" in other.console.read_text(encoding="utf-8")
    assert running.request("GET", "/health").status == 200


def test_requests_at_the_same_time_are_answered_by_all_workers(running: Game) -> None:
    found: set[int] = set()
    lock = threading.Lock()

    def one(_: int) -> None:
        pid = running.request("GET", "/health").json()["pid"]
        with lock:
            found.add(pid)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(one, range(200)))
    assert len(found) == 2
