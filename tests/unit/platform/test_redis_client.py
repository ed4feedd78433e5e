"""Which of Redis's errors mean "come back later": read by redis-py's own parser, which cuts some codes off."""

from __future__ import annotations

import pytest
from redis._parsers.base import BaseParser
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MaxConnectionsError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.redis_client import available


def parse(line: str) -> Exception:
    error: Exception = BaseParser.parse_error(line)  # type: ignore[no-untyped-call]
    return error


@pytest.mark.parametrize(
    "line",
    [
        "LOADING Redis is loading the dataset in memory",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
        "CLUSTERDOWN The cluster is down",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "OOM command not allowed when used memory > 'maxmemory'.",
        "READONLY You can't write against a read only replica.",
        "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
        "TRYAGAIN Multiple keys request during rehashing of slot",
        "ERR max number of clients reached",
        "ERR Error running script (call to f_1): @user_script:9: @user_script: 9: -OOM command not allowed",
    ],
)
def test_available_turns_a_state_that_passes_into_store_unavailable(line: str) -> None:
    error = parse(line)
    with pytest.raises(StoreUnavailable) as refusal, available():
        raise error
    assert refusal.value.__cause__ is error
    assert refusal.value.retry_after_s > 0


@pytest.mark.parametrize("error", [RedisConnectionError("refused"), RedisTimeoutError("slow"), MaxConnectionsError("")])
def test_available_turns_an_absent_redis_into_store_unavailable(error: Exception) -> None:
    with pytest.raises(StoreUnavailable), available():
        raise error


def test_available_lets_a_bug_of_ours_pass() -> None:
    """A wrong command is no outage: it must be seen."""
    error = parse("WRONGTYPE Operation against a key holding the wrong kind of value")
    with pytest.raises(ResponseError) as seen, available():
        raise error
    assert seen.value is error
