"""Attacks on what players own: spending the same coins twice, using what is another's, and drawing cards for free."""

from __future__ import annotations

import random
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from support.economy import op_at

from attack.attempt import Account, Attempt
from attack.line import Answer, Line

TAPS = 500
ITEM, OFFER, PRICE = "mint_tea", "always.mint_tea", 90
"""Cheap enough for a few pieces of it from these taps, and too dear for all that are asked for."""

FEW = 4
"""Ops that many purchases share, each of which may be paid for once."""


def spending_storm(attempt: Attempt) -> None:
    """One account buys from eight callers, with ops of its own and repeated ones: each coin is spent once."""
    account = attempt.account()
    shared = [_op() for _ in range(FEW)]
    bought: dict[str, Any] = {}
    with attempt.line() as line:
        attempt.patiently(line, "POST", "/clicks", {"taps": TAPS}, account.bearer)
        before = _coins(attempt, line, account)
    attempt.expect(before >= PRICE, f"{TAPS} taps are worth {before} coins: this attack proves nothing")

    def buy(line: Line, caller: int) -> None:
        op = shared[caller] if caller < FEW else _op()
        answer = attempt.ask(line, "POST", "/shop/buy", {"op": op, "offer": OFFER, "price": PRICE}, account.bearer)
        if answer and answer.status == 200:
            first = bought.setdefault(op, answer.json()["paid"])
            attempt.expect(first == answer.json()["paid"], "a repeated purchase is answered another way")
        elif answer:
            attempt.refused(answer, "a purchase", 409, 429)

    attempt.flood(8, buy, burst=10, per_s=2)
    with attempt.line() as line:
        after, stored = _coins(attempt, line, account), _stack(attempt, line, account)
    paid = PRICE * len(bought)
    attempt.expect(0 <= after <= before - paid, f"{before} coins, {len(bought)} purchases at {PRICE}, {after} left")
    attempt.expect(before - after == PRICE * stored, f"{stored} pieces for {before - after} coins")


def anothers_goods(attempt: Attempt) -> None:
    """An account names another's purchases, pieces and proofs: nothing of it is shown, sold or charged."""
    victim, thief = attempt.account(0), attempt.account(1)
    op = _op()
    purchase = {"op": op, "offer": OFFER, "price": PRICE}
    with attempt.line() as line:
        attempt.patiently(line, "POST", "/clicks", {"taps": TAPS}, victim.bearer)
        attempt.patiently(line, "POST", "/shop/buy", purchase, victim.bearer)
        before = _coins(attempt, line, victim), _stack(attempt, line, victim)
        attempt.expect(before[1] == 1, "the victim cannot buy anything: this attack proves nothing")
        doors: list[tuple[str, str, Any]] = [
            ("POST", "/shop/buy", purchase),
            ("GET", f"/chance/proofs/{op}", None),
            ("POST", "/inventory/use", {"op": op, "item": ITEM}),
            ("POST", "/inventory/sell", {"op": op, "item": ITEM, "count": 1}),
            ("POST", "/inventory/sell", {"op": _op(), "item": ITEM, "count": 100}),
            ("POST", "/shop/buy", {**purchase, "op": _op(), "price": 1}),
            ("POST", "/shop/buy", {**purchase, "op": _op(), "count": -1}),
            ("POST", "/crates/open", {"op": _op(), "crate": ITEM, "count": 1}),
        ]
        for method, path, body in doors:
            answer = attempt.patiently(line, method, path, body, thief.bearer)
            attempt.refused(answer, f"{method} {path} with what is another's", 400, 404, 409)
        after = _coins(attempt, line, victim), _stack(attempt, line, victim)
    attempt.expect(after == before, f"the victim had {before} and has {after}")


def forged_cards(attempt: Attempt) -> None:
    """Addresses of pictures that the game has not given out, from four callers: none is drawn."""
    account = attempt.account()
    with attempt.line() as line:
        mine = attempt.patiently(line, "GET", "/players/me/cards", None, account.bearer)
        given = mine.json()["message"] if mine and mine.status == 200 else "card.jpg?card=x"
        drawn = attempt.patiently(line, "GET", f"/{given}", None, {})
        attempt.expect(drawn and drawn.status == 200, "one's own card is not drawn: this attack proves nothing")
    card = parse_qs(urlsplit(given).query)["card"][0]
    chance = random.Random(attempt.number)  # noqa: S311

    def look(line: Line, _: int) -> None:
        at = chance.randrange(len(card) - 1)
        turned = card[:at] + ("A" if card[at] != "A" else "B") + card[at + 1 :]
        forged = chance.choice([turned, card[:-1], card * 2, card + "A", "", "e30", "%00", "x" * 3_000])
        answer = attempt.ask(line, "GET", f"/card.jpg?card={forged}")
        attempt.refused(answer, f"a card at {forged[:40]}", 400, 404, 414, 429, 431)

    attempt.crowd(4, look)


def _op() -> str:
    return op_at(int(time.time() * 1_000))


def _coins(attempt: Attempt, line: Line, account: Account) -> int:
    """What the account has, with all its taps settled."""
    answer = attempt.patiently(line, "POST", "/economy/settle", {"op": _op()}, account.bearer)
    return int(_read(answer)["balances"]["coin"]) if answer else -1


def _stack(attempt: Attempt, line: Line, account: Account) -> int:
    answer = attempt.patiently(line, "GET", "/inventory", None, account.bearer)
    return sum(row["count"] for row in _read(answer)["stacks"] if row["item"] == ITEM) if answer else -1


def _read(answer: Answer) -> Any:
    if answer.status != 200:
        raise AssertionError(f"what an ordinary player owns cannot be read: {answer.status} {answer.body[:120]!r}")
    return answer.json()
