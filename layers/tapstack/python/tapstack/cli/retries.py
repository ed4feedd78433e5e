"""Patience with stores that are unavailable: only the operator is waiting."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.retries import Retry

Result = TypeVar("Result")

ATTEMPTS = 30


def patient(attempts: int = ATTEMPTS, sleep: Callable[[float], None] = time.sleep) -> Retry:
    """Repeats what finds a store unavailable, as often and as long after as the store asks for: about a minute."""

    def retry(act: Callable[[], Result], /) -> Result:
        retrying = Retrying(
            retry=retry_if_exception_type(StoreUnavailable),
            stop=stop_after_attempt(attempts),
            wait=_as_asked,
            sleep=sleep,
            reraise=True,
        )
        return retrying(act)

    return retry


def _as_asked(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return float(error.retry_after_s) if isinstance(error, StoreUnavailable) else 0.0
