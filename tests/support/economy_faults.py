"""What goes wrong between a command and its transaction, put there by a test; and what must be true all the same."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

from botocore.exceptions import ClientError, ReadTimeoutError
from tapstack.economy.catalogue.model import Currency
from tapstack.economy.model import Entry, Wallet
from tapstack.economy.rules import journal
from tapstack.platform.dynamo import Calls
from tapstack.platform.errors import StoreUnavailable

T = TypeVar("T")

TIMES = int(os.environ.get("ECONOMY_FAULTS", "1"))
"""How much more than usual is tried: `make economy-faults` tries more."""


class Killed(BaseException):
    """The process ends here: nothing catches it but the test."""


class FaultyCalls:
    """DynamoDB, whose transactions meet a fault now and then: `faults` maps each to its part of a hundred."""

    def __init__(self, calls: Calls, faults: Mapping[str, int], seed: int = 1) -> None:
        self._calls, self._faults = calls, faults
        self._random, self._lock = random.Random(seed), Lock()  # noqa: S311 - a test's
        self.met: Counter[str] = Counter()

    def call(self, operation: str, arguments: Mapping[str, Any], /) -> dict[str, Any]:
        fault = self._pick() if operation == "TransactWriteItems" else ""
        if fault == "conflict":
            reasons = [{"Code": "TransactionConflict"} for _ in arguments["TransactItems"]]
            error = {"Code": "TransactionCanceledException", "Message": "injected"}
            raise ClientError({"Error": error, "CancellationReasons": reasons}, operation)
        if fault == "killed before":
            raise Killed
        if fault == "lost before":
            raise ReadTimeoutError(endpoint_url="injected")
        answer = self._calls.call(operation, arguments)
        if fault == "killed after":
            raise Killed
        if fault == "lost after":
            raise ReadTimeoutError(endpoint_url="injected")
        return answer

    def _pick(self) -> str:
        with self._lock:
            at = self._random.randrange(100)
            for fault, percent in self._faults.items():
                at -= percent
                if at < 0:
                    self.met[fault] += 1
                    return fault
        return ""


def insist(ask: Callable[[], T], tries: int = 100) -> T:
    """Asks again and again, as a client does that keeps its op until there is an answer."""
    for _ in range(tries):
        with suppress(Killed, StoreUnavailable):
            return ask()
    raise AssertionError(f"no answer in {tries} tries")


def assert_sound(wallet: Wallet, entries: Iterable[Entry]) -> None:
    """Sums are zero, nothing is negative, and the journal is whole and gives the wallet back."""
    ordered = sorted(entries, key=lambda entry: entry.seq)
    assert journal.breaks(ordered) == []
    replayed = Wallet()
    for entry in ordered:
        replayed = journal.replay(replayed, entry)
    assert replayed == wallet
    assert min(wallet.coin, wallet.gem) >= 0
    for currency in Currency:
        flows = [n for name, n in wallet.flows.items() if name.endswith("/gem") == (currency is Currency.GEM)]
        assert wallet.balance(currency) + sum(flows) == 0
