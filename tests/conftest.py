"""Fixtures and hooks of all suites: one real Redis and one MiniStack per worker, a fresh game per test.

Order and examples of a run follow from one seed, which its end prints; a failing test names the logs of its servers,
and the last lines of a run name the tests that failed.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from collections.abc import Generator, Iterator

import hypothesis
import pytest
import redis
from hypothesis import HealthCheck
from support import evidence, folders, isolation, midnight, spreading
from support.servers import ministack, redis_server
from tapstack_local.testing import Game

os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
# What some modules set where it is not set, when they are imported or first used.
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("PTB_TIMEDELTA", "true")

folders.use_memory()

# Containers often set this: every worker, server and function would compile all that it imports, each time it starts.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Functions called inside a test's own process leave their log lines to pytest.
logging.getLogger("tapstack").addHandler(logging.NullHandler())

# No measure of time may fail a test, and no run knows what another one found: the seed alone makes the examples.
hypothesis.settings.register_profile(
    "tapstack", deadline=None, database=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.settings.load_profile("tapstack")


def seed_of(config: pytest.Config) -> int | None:
    """The seed of pytest-randomly; None where it is switched off."""
    seed = getattr(config.option, "randomly_seed", None)
    return seed if isinstance(seed, int) else None


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    Game.changed = staticmethod(evidence.changed)
    if getattr(config.option, "hypothesis_seed", None) is None:
        vars(hypothesis.core)["global_force_seed"] = seed_of(config)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    return spreading.workers()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> spreading.Spread | None:
    return spreading.Spread(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays until the end: no search for garbage looks through all of it again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: spreading.rank(item.nodeid))


@pytest.fixture(scope="session", autouse=True)
def kept_logs(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Logs of servers lie with pytest's temporary folders: they stay after a failure, and only then."""
    evidence.use_folder(tmp_path_factory.getbasetemp() / "servers")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    evidence.forget_ended()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and (found := evidence.report()):
        report.sections.append(("Logs of the servers, kept", found))
    return report


def pytest_sessionstart(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not hasattr(session.config, "workerinput"):
        reporter.write_line(f"--randomly-seed={seed_of(session.config)}")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> Generator[None, None, None]:
    """After the evidence of failures, which may be long, come their names: of many a run, only the end is kept."""
    yield
    if (seed := seed_of(config)) is not None:
        terminalreporter.write_line(f"order and examples of this run again: --randomly-seed={seed}")
    failed = [report for kind in ("failed", "error") for report in terminalreporter.stats.get(kind, [])]
    for line in evidence.verdicts(failed):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def redis_base_url() -> Iterator[str]:
    with redis_server() as url:
        yield url


@pytest.fixture
def redis_url(redis_base_url: str) -> str:
    """A Redis with nothing in it."""
    with redis.Redis.from_url(redis_base_url) as client:
        client.flushall()
    return redis_base_url


@pytest.fixture(scope="session")
def aws_endpoint() -> Iterator[str]:
    """MiniStack, and an environment in which boto3 and PynamoDB find it."""
    with ministack() as endpoint, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", endpoint)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        isolation.expect_environment()
        yield endpoint


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """A test that leaves the process changed for the next one fails, whatever the order."""
    with isolation.kept():
        yield


@pytest.fixture(autouse=True)
def far_from_midnight() -> None:
    """Boards of a day change at midnight: what taps before it and looks after it finds nothing."""
    if wait_ms := midnight.wait_ms(time.time_ns() // 1_000_000):
        time.sleep(wait_ms / 1_000)


@pytest.fixture(autouse=True)
def closed_breaker() -> None:
    """What one test's absent DynamoDB has taught this process is not the next one's to know."""
    if dynamo := sys.modules.get("tapstack.platform.dynamo"):
        dynamo.breaker.worked()
