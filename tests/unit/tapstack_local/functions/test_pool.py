"""Instances of functions."""

import threading
from typing import Any

import msgspec
from tapstack_local.functions.pool import Pool
from tapstack_local.functions.watchdog import Watchdog
from tapstack_local.template.model import App


def test_pool_gives_an_instance_to_one_invocation_at_a_time(app: App, tmp_path: Any) -> None:
    """32 threads invoke a handler that notices a second visitor in its own module."""
    (tmp_path / "app.py").write_text(
        "import threading, time\n"
        "busy = threading.Lock()\n"
        "def handler(event, context):\n"
        "    assert busy.acquire(blocking=False), 'two invocations in one instance'\n"
        "    time.sleep(0.0005)\n"
        "    busy.release()\n"
        "    return context.aws_request_id\n",
        encoding="utf-8",
    )
    function = msgspec.structs.replace(app.functions["WorkerFunction"], id="Race", code_dir=str(tmp_path), timeout_s=60)
    pool = Pool(function, Watchdog(lambda *_: None))
    wrong: list[object] = []

    def many(name: int) -> None:
        try:
            for number in range(50):
                if pool.invoke({}, f"{name}-{number}") != f"{name}-{number}":
                    wrong.append(name)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=many, args=(name,)) for name in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
