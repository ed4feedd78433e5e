"""The events process: everything that invokes a function without an HTTP request.

An invocation that exceeds its function's timeout ends the process, as Lambda ends the environment: its messages
come back after their visibility timeout, and the supervisor restarts the process.
"""

import logging
import os
import signal
import threading
from functools import partial
from pathlib import Path

import boto3
from botocore.config import Config

from tapstack_local.aws_resources import client_arguments
from tapstack_local.events.queues import QueuePoller
from tapstack_local.events.schedules import Ticker
from tapstack_local.functions.pool import load_pools
from tapstack_local.functions.watchdog import Watchdog
from tapstack_local.processes.child import announce_ready
from tapstack_local.template import model
from tapstack_local.template.model import Function

logger = logging.getLogger("tapstack_local.events")
_STOP_S = 8.0
TIMED_OUT = 70


def run(model_path: Path, period_s: float | None) -> int:
    """Work until SIGTERM, then let running invocations finish. Returns the exit code."""
    app = model.load(model_path)
    watchdog = Watchdog(_end)
    ids = {mapping.function for mapping in app.mappings} | {schedule.function for schedule in app.schedules}
    try:
        pools = load_pools(app, ids, watchdog)
    except Exception:
        logger.exception("a function can't be loaded")
        return 1
    watchdog.start()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    arguments = client_arguments(os.environ) | {
        "config": Config(connect_timeout=5, read_timeout=30, retries={"total_max_attempts": 1})
    }
    work = [
        QueuePoller(
            mapping,
            app.queues[mapping.queue],
            app.region,
            pools[mapping.function],
            boto3.client("sqs", **arguments),
        ).run
        for mapping in app.mappings
    ] + [
        Ticker(schedule, app.account, app.region, pools[schedule.function], period_s).run for schedule in app.schedules
    ]
    threads = [threading.Thread(target=partial(one, stopping), daemon=True) for one in work]
    for thread in threads:
        thread.start()
    announce_ready()
    # A wait without a limit would not notice signals on every platform.
    while not stopping.wait(1.0):
        if not all(thread.is_alive() for thread in threads):
            logger.error("a queue or schedule ended unexpectedly")
            return 1
    for thread in threads:
        thread.join(_STOP_S)
    return 0


def _end(function: Function, request_id: str, _thread: int) -> None:
    logger.error("request %s: %s timed out after %d s; its process ends", request_id, function.id, function.timeout_s)
    logging.shutdown()
    os._exit(TIMED_OUT)
