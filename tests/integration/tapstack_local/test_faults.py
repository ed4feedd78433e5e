"""What a game survives: crashes, kills, restarts, edits."""

import json
import os
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


def edit(path: Path, old: str, new: str) -> None:
    """Saves as editors do, in one step: a file that is emptied and then written may be reloaded twice."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", delete=False) as draft:
        draft.write(text.replace(old, new))
    shutil.move(draft.name, path)


def test_a_stop_is_clean_and_a_restart_keeps_everything(toy: Game) -> None:
    toy.start()
    enqueue(toy, "job")
    toy.wait_for(lambda: count(toy, "stored") == 1, what="the item")
    pids, token, redis_url = toy.pids, toy.secret("TELEGRAM_BOT_TOKEN"), toy.redis_url
    assert toy.stop() == 0
    assert not (toy.state_dir / "run.json").exists()
    assert all(gone(pid) for pid in pids.values())
    toy.start()
    assert (count(toy, "done"), count(toy, "stored")) == (1, 1)
    assert (toy.secret("TELEGRAM_BOT_TOKEN"), toy.redis_url) == (token, redis_url)


def test_kill_9_of_the_whole_game_leaves_nothing_and_loses_nothing(toy: Game) -> None:
    toy.start()
    enqueue(toy, "job")
    toy.wait_for(lambda: count(toy, "stored") == 1, what="the item")
    pids = toy.pids
    toy.kill("game")
    del pids["game"]
    # A game that is not started only waits; the killed one would count as a failure.
    observer = Game(toy.root, toy.state_dir)
    observer.wait_for(lambda: all(gone(pid) for pid in pids.values()), what="the children to end")
    toy.start()
    assert (count(toy, "done"), count(toy, "stored")) == (1, 1)


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
def test_a_killed_process_is_started_again_and_all_works_as_before(toy: Game, name: str) -> None:
    toy.start()
    enqueue(toy, "job")
    toy.wait_for(lambda: count(toy, "stored") == 1, what="the first item")
    pid = toy.kill(name)
    toy.wait_for(lambda: toy.pid(name) != pid and gone(pid), what=f"a new {name}")
    toy.wait_for(lambda: toy.request("GET", "/health").status == 200, what="health")
    toy.wait_for(lambda: count(toy, "stored") >= 1, what="the first item again")

    def another() -> bool:
        return toy.request("POST", "/enqueue", b"job", {"Content-Type": "text/plain"}).status == 202

    toy.wait_for(another, what="a queue")
    toy.wait_for(lambda: count(toy, "stored") >= 2, what="the second item")  # more where an answer was lost
    assert f"{name} ended" in toy.console.read_text(encoding="utf-8")


def test_no_request_is_refused_while_the_server_is_killed(toy: Game) -> None:
    """The supervisor holds the listening sockets: a request waits for the next server."""
    toy.start()
    worker = toy.request("GET", "/health").json()["pid"]
    toy.kill("server")
    # Its workers die with it; what they had accepted is lost, what comes now must not be.
    toy.wait_for(lambda: gone(worker), what="the worker's end")
    assert toy.request("GET", "/health", timeout_s=120).status == 200


def test_a_worker_that_exits_or_hangs_is_replaced(toy: Game) -> None:
    toy.start()
    pid = toy.request("GET", "/health").json()["pid"]
    with pytest.raises(OSError, match=r"."):
        toy.request("GET", "/misbehave/exit")
    toy.wait_for(lambda: toy.request("GET", "/health").json()["pid"] != pid, what="another worker")
    spinning = toy.request("GET", "/misbehave/spin")
    assert (spinning.status, spinning.json()["error"]["code"]) == (504, "timeout")
    toy.wait_for(lambda: toy.request("GET", "/health").status == 200, what="health after the timeout")
    toy.wait_for(lambda: "ApiFunction timed out after 5 s" in toy.console.read_text(encoding="utf-8"), what="the line")


def test_an_asynchronous_function_that_blocks_its_loop_has_its_worker_replaced(toy: Game) -> None:
    toy.start()
    pid = toy.request("GET", "/health").json()["pid"]
    assert toy.request("POST", "/quick/hangs").json()["error"]["code"] == "timeout"
    assert toy.request("GET", "/health").json()["pid"] == pid
    with pytest.raises(OSError, match=r"."):
        toy.request("POST", "/quick/blocks", b"600", timeout_s=120)
    toy.wait_for(lambda: toy.request("GET", "/health").json()["pid"] != pid, what="another worker")
    assert toy.request("POST", "/quick/now").json()["by"] == "serve"


def test_a_hanging_queue_function_ends_the_process_and_the_message_comes_back(toy: Game) -> None:
    toy.start()
    pid = toy.pid("events")
    enqueue(toy, "hang")
    toy.wait_for(lambda: toy.pid("events") != pid, what="a new events process")
    toy.wait_for(lambda: count(toy, "done") == 1, what="the message's second time")
    assert count(toy, "received:hang") == 2


def test_requests_on_the_event_loop_outlast_a_reload(toy: Game) -> None:
    """The old generation answers what it has; the edited function serves what comes then, and nothing is refused."""
    toy.start()
    function = toy.root / "functions" / "quick" / "app.py"
    with ThreadPoolExecutor(4) as pool:
        ended = threading.Event()

        def play() -> set[tuple[int, str]]:
            seen = set()
            while not ended.is_set():
                answer = toy.request("POST", "/quick/waits")
                seen.add((answer.status, str(answer.json().get("by"))))
            return seen

        playing = [pool.submit(play) for _ in range(4)]
        edit(function, '"by": "serve"', '"by": "edited"')
        toy.wait_for(lambda: toy.request("POST", "/quick/now").json()["by"] == "edited", what="the edit")
        ended.set()
        assert set().union(*(one.result() for one in playing)) <= {(200, "serve"), (200, "edited")}


def test_an_edit_is_live_and_a_broken_one_keeps_the_code_from_before(toy: Game) -> None:
    toy.start()
    function = toy.root / "functions" / "api" / "app.py"
    edit(function, '"ok": True', '"ok": "edited"')
    toy.wait_for(lambda: toy.request("GET", "/health").json()["ok"] == "edited", what="the edit")
    toy.wait_for(lambda: "reloaded in" in toy.console.read_text(encoding="utf-8"), what="the end of the old worker")
    pid = toy.request("GET", "/health").json()["pid"]
    edit(function, "import os\n", "import os\nimport nonsense_of_the_test\n")
    toy.wait_for(lambda: "not reloaded" in toy.console.read_text(encoding="utf-8"), what="the error")
    assert "No module named 'nonsense_of_the_test'" in toy.console.read_text(encoding="utf-8")
    assert toy.request("GET", "/health").json() | {"pid": pid} == toy.request("GET", "/health").json()
    edit(function, "import nonsense_of_the_test\n", "")
    edit(toy.root / "layers/shared/python/toyshared/__init__.py", "VERSION = 1", "VERSION = 2")
    toy.wait_for(lambda: toy.request("GET", "/health").json()["version"] == 2, what="the layer's edit")


def test_requests_go_on_while_code_is_reloaded(toy: Game) -> None:
    """Nothing is refused or answered with an error; a connection that a server closes as it ends is tried again.

    A server that ends closes connections it has accepted and read nothing of: HTTP clients repeat such requests.
    """
    toy.start()
    seen: set[object] = set()

    def ask() -> None:
        try:
            seen.add(toy.request("GET", "/health").status)
        except OSError as error:
            if "refused" in str(error):
                seen.add(error)
        time.sleep(0.01)  # hundreds a second are enough, and leave the game time to reload

    with beside(*[ask] * 4):
        for number in range(1, 6):
            edit(toy.root / "functions/api/app.py", "import os\n", f"import os\n# {number}\n")
            toy.wait_for(
                lambda: toy.console.read_text(encoding="utf-8").count("reloaded in") >= number,  # noqa: B023
                what="the reload",
            )
    assert seen == {200}


def test_an_edited_template_is_deployed(toy: Game) -> None:
    toy.start()
    template = toy.root / "template.yaml"
    edit(template, "Default: hello", "Default: moin")
    edit(template, "  Cache:\n", "  MoreTable:\n    Type: AWS::DynamoDB::Table\n    Properties:\n"
         "      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]\n"
         "      KeySchema: [{AttributeName: id, KeyType: HASH}]\n  Cache:\n")  # fmt: skip
    toy.wait_for(lambda: toy.request("GET", "/health").json()["greeting"] == "moin", what="the new value")
    dynamodb = boto3.client("dynamodb", **toy.client_arguments())
    assert "tapstack-MoreTable" in dynamodb.list_tables()["TableNames"]
    edit(template, "Transform:", "Transform: [")
    toy.wait_for(lambda: "not valid YAML" in toy.console.read_text(encoding="utf-8"), what="the error")
    assert toy.request("GET", "/health").status == 200


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
    edit(toy.root / "functions" / "worker" / "app.py", "import os\n", "import os\n1 / 0\n")
    toy.start(wait=False)
    assert toy.wait_exit() == 1
    console = toy.console.read_text(encoding="utf-8")
    assert "events did not start" in console
    assert "ZeroDivisionError" in console
