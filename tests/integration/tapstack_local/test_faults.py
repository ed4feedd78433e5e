"""What a game survives: crashes, kills, restarts, edits."""

import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
import psutil  # type: ignore[import-untyped]
import pytest
import redis
from support.racing import beside
from tapstack_local.testing import Game

from .test_running import count, enqueue


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    # A zombie of somebody else's is gone too.
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return True  # between the two looks


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Saves as editors do, in one step: a file that is emptied and then written may be reloaded twice."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", delete=False) as draft:
        draft.write(text)
    shutil.move(draft.name, path)


def reloads(game: Game) -> int:
    """How many are over, the end of the code before them included."""
    return game.console.read_text(encoding="utf-8").count("reloaded in")


def stored_job(game: Game) -> tuple[int, int]:
    """The counts after one more job; later they may grow, where a killed process has the queue deliver again."""
    before = count(game, "stored")
    enqueue(game, "job")
    game.wait_for(lambda: count(game, "stored") > before, what="the item")
    return count(game, "done"), count(game, "stored")


def test_a_stop_is_clean_and_a_restart_keeps_everything(lasting: Game) -> None:
    done, stored = stored_job(lasting)
    pids, token, redis_url = lasting.pids, lasting.secret("TELEGRAM_BOT_TOKEN"), lasting.redis_url
    assert lasting.stop() == 0
    assert not (lasting.state_dir / "run.json").exists()
    assert all(gone(pid) for pid in pids.values())
    lasting.start()
    assert count(lasting, "done") >= done
    assert count(lasting, "stored") >= stored
    assert (lasting.secret("TELEGRAM_BOT_TOKEN"), lasting.redis_url) == (token, redis_url)


def test_kill_9_of_the_whole_game_leaves_nothing_and_loses_nothing(lasting: Game) -> None:
    done, stored = stored_job(lasting)
    pids = lasting.pids
    lasting.kill("game")
    del pids["game"]
    # A game that is not started only waits; the killed one would count as a failure.
    observer = Game(lasting.root, lasting.state_dir)
    observer.wait_for(lambda: all(gone(pid) for pid in pids.values()), what="the children to end")
    lasting.start()
    assert count(lasting, "done") >= done
    assert count(lasting, "stored") >= stored


def test_what_a_killed_run_left_behind_is_ended_at_the_next_start(toy: Game, tmp_path: Path) -> None:
    toy.state_dir.mkdir()
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    created = psutil.Process(left.pid).create_time()
    rows = [
        {"name": "redis", "pid": left.pid, "created": created},
        # A later process with the number of a recorded one is not ours to end.
        {"name": "events", "pid": other.pid, "created": created - 3600},
    ]
    (toy.state_dir / "processes.json").write_text(json.dumps(rows), encoding="utf-8")
    toy.start()
    assert left.wait(60) == -signal.SIGTERM
    assert other.poll() is None
    other.kill()
    other.wait()
    assert "ended redis, left over" in toy.console.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["redis", "ministack", "events", "server"])
def test_a_killed_process_is_started_again_and_all_works_as_before(lasting: Game, name: str) -> None:
    _, stored = stored_job(lasting)
    pid = lasting.kill(name)
    lasting.wait_for(lambda: lasting.pid(name) != pid and gone(pid), what=f"a new {name}")
    lasting.wait_for(lambda: lasting.request("GET", "/health").status == 200, what="health")
    lasting.wait_for(lambda: count(lasting, "stored") >= stored, what="the first item again")

    def another() -> bool:
        return lasting.request("POST", "/enqueue", b"job", {"Content-Type": "text/plain"}).status == 202

    lasting.wait_for(another, what="a queue")
    lasting.wait_for(lambda: count(lasting, "stored") > stored, what="the second item")
    assert f"{name} ended" in lasting.console.read_text(encoding="utf-8")


def test_no_request_is_refused_while_the_server_is_killed(lasting: Game) -> None:
    """The supervisor holds the listening sockets: a request waits for the next server."""
    worker = lasting.request("GET", "/health").json()["pid"]
    lasting.kill("server")
    # Its workers die with it; what they had accepted is lost, what comes now must not be.
    lasting.wait_for(lambda: gone(worker), what="the worker's end")
    assert lasting.request("GET", "/health", timeout_s=120).status == 200


def test_a_worker_that_exits_or_hangs_is_replaced(lasting: Game) -> None:
    def worker() -> int:
        return int(lasting.request("GET", "/health").json()["pid"])

    pid = worker()
    with pytest.raises(OSError, match=r"."):
        lasting.request("GET", "/misbehave/exit")
    lasting.wait_for(lambda: worker() != pid, what="another worker")
    pid = worker()
    spinning = lasting.request("GET", "/misbehave/spin")
    assert (spinning.status, spinning.json()["error"]["code"]) == (504, "timeout")
    lasting.wait_for(lambda: worker() != pid, what="another worker after the timeout")
    said = "ApiFunction timed out after 5 s"
    lasting.wait_for(lambda: said in lasting.console.read_text(encoding="utf-8"), what="the line")


def test_an_asynchronous_function_that_blocks_its_loop_has_its_worker_replaced(lasting: Game) -> None:
    pid = lasting.request("GET", "/health").json()["pid"]
    assert lasting.request("POST", "/quick/hangs").json()["error"]["code"] == "timeout"
    assert lasting.request("GET", "/health").json()["pid"] == pid
    with pytest.raises(OSError, match=r"."):
        lasting.request("POST", "/quick/blocks", b"600", timeout_s=120)
    lasting.wait_for(lambda: lasting.request("GET", "/health").json()["pid"] != pid, what="another worker")
    assert lasting.request("POST", "/quick/now").json()["by"] == "serve"


def test_a_hanging_queue_function_ends_the_process_and_the_message_comes_back(lasting: Game) -> None:
    pid, before = lasting.pid("events"), count(lasting, "done")
    enqueue(lasting, "hang")
    lasting.wait_for(lambda: lasting.pid("events") != pid, what="a new events process")
    lasting.wait_for(lambda: count(lasting, "received:hang") == 2, what="the message's second time")
    lasting.wait_for(lambda: count(lasting, "done") > before, what="its end")
    assert count(lasting, "received:hang") == 2


def test_requests_on_the_event_loop_outlast_a_reload(edited: Game) -> None:
    """The old generation answers what it has begun; the edited function serves what comes then, and nothing is refused.

    A server that ends closes connections it has accepted and read nothing of: HTTP clients repeat such requests.
    """
    before = reloads(edited)
    function = edited.root / "functions" / "quick" / "app.py"
    numbers, unanswered = itertools.count(), set[bytes]()
    with ThreadPoolExecutor(4) as pool:
        ended = threading.Event()

        def play() -> set[tuple[int, str]]:
            seen = set()
            while not ended.is_set():
                body = f"request {next(numbers)}.".encode()
                try:
                    answer = edited.request("POST", "/quick/waits", body)
                except OSError as error:
                    assert "refused" not in str(error)
                    unanswered.add(body)
                    continue
                seen.add((answer.status, str(answer.json().get("by"))))
            return seen

        playing = [pool.submit(play) for _ in range(4)]
        edit(function, ('"by": "serve"', '"by": "edited"'))
        edited.wait_for(lambda: edited.request("POST", "/quick/now").json()["by"] == "edited", what="the edit")
        edited.wait_for(lambda: reloads(edited) > before, what="the end of the old worker")
        ended.set()
        assert set().union(*(one.result() for one in playing)) <= {(200, "serve"), (200, "edited")}
    log = (edited.state_dir / "logs" / "server.log").read_bytes()
    assert b"waits for request" in log
    assert not [body for body in unanswered if b"waits for " + body in log]


def test_an_edit_is_live_and_a_broken_one_keeps_the_code_from_before(edited: Game) -> None:
    before = reloads(edited)
    edit(edited.root / "functions/api/app.py", ('"ok": True', '"ok": "edited"'))
    edited.wait_for(lambda: edited.request("GET", "/health").json()["ok"] == "edited", what="the edit")
    edited.wait_for(lambda: reloads(edited) > before, what="the end of the old worker")
    answer = edited.request("GET", "/health").json()
    layer = edited.root / "layers/shared/python/toyshared/__init__.py"
    edit(layer, ("VERSION = 1", "import nonsense_of_the_test"))
    error = "not reloaded, the running code stays: .*No module named 'nonsense_of_the_test'"
    edited.wait_for(lambda: re.search(error, edited.console.read_text(encoding="utf-8"), re.DOTALL), what="the error")
    assert edited.request("GET", "/health").json() == answer
    edit(layer, ("import nonsense_of_the_test", "VERSION = 2"))
    edited.wait_for(lambda: edited.request("GET", "/health").json()["version"] == 2, what="the layer's edit")
    edited.wait_for(lambda: reloads(edited) > before + 1, what="the end of the old worker")


def test_requests_go_on_while_code_is_reloaded(edited: Game) -> None:
    """Nothing is refused or answered with an error; a connection that a server closes as it ends is tried again.

    A server that ends closes connections it has accepted and read nothing of: HTTP clients repeat such requests.
    """
    before = reloads(edited)
    seen: set[object] = set()

    def ask() -> None:
        try:
            seen.add(edited.request("GET", "/health").status)
        except OSError as error:
            if "refused" in str(error):
                seen.add(error)
        time.sleep(0.03)  # a hundred a second are enough, and leave the game time to reload

    with beside(*[ask] * 4):
        for number in range(1, 4):
            edit(edited.root / "functions/api/app.py", ("import os\n", f"import os\n# {number}\n"))
            edited.wait_for(lambda: reloads(edited) >= before + number, what="the reload")  # noqa: B023
    assert seen == {200}


def test_an_edited_template_is_deployed(edited: Game) -> None:
    before = reloads(edited)
    template = edited.root / "template.yaml"
    table = (
        "  MoreTable:\n    Type: AWS::DynamoDB::Table\n    Properties:\n"
        "      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]\n"
        "      KeySchema: [{AttributeName: id, KeyType: HASH}]\n"
    )
    edit(template, ("Default: hello", "Default: moin"), ("  Cache:\n", f"{table}  Cache:\n"))
    edited.wait_for(lambda: edited.request("GET", "/health").json()["greeting"] == "moin", what="the new value")
    edited.wait_for(lambda: reloads(edited) > before, what="the end of the old worker")
    dynamodb = boto3.client("dynamodb", **edited.client_arguments())
    assert "tapstack-MoreTable" in dynamodb.list_tables()["TableNames"]
    # Broken to the end: the code's edits are reloaded with the template from before.
    edit(template, ("Transform:", "Transform: ["))
    edited.wait_for(lambda: "not valid YAML" in edited.console.read_text(encoding="utf-8"), what="the error")
    assert edited.request("GET", "/health").status == 200


def test_own_redis_is_used_and_none_is_started(toy: Game, redis_url: str) -> None:
    toy.settings["REDIS_URL"] = redis_url
    toy.start()
    assert set(toy.pids) == {"game", "ministack", "server", "events"}
    enqueue(toy, "job")
    with redis.Redis.from_url(redis_url) as client:
        toy.wait_for(lambda: client.hget("counts", "done") == b"1", what="the count in the given Redis")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PORT": "abc"}, "error: PORT=abc is not a whole number"),
        ({"MINISTACK_PYTHON": "/nowhere/python"}, "MiniStack's Python is not at /nowhere/python"),
        ({"HOST": "192.0.2.1"}, "can't open 192.0.2.1"),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "REDIS_URL"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "http://127.0.0.1:1"),
    ],
)
def test_what_cannot_start_is_said_and_nothing_is_left(toy: Game, settings: dict[str, str], said: str) -> None:
    toy.settings.update(settings)
    toy.start(wait=False)
    assert toy.wait_exit() == 1
    console = toy.console.read_text(encoding="utf-8")
    assert said in console
    assert "Traceback" not in console
    assert not (toy.state_dir / "processes.json").exists()


def test_a_function_that_does_not_load_stops_the_start_with_its_error(toy: Game) -> None:
    edit(toy.root / "functions" / "worker" / "app.py", ("import os\n", "import os\n1 / 0\n"))
    toy.start(wait=False)
    assert toy.wait_exit() == 1
    console = toy.console.read_text(encoding="utf-8")
    assert "events did not start" in console
    assert "ZeroDivisionError" in console
