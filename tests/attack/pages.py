"""Cursors that no page has issued, or that belong to another player."""

from __future__ import annotations

import base64
import json
from typing import Any

from attack.attempt import Account, Attempt
from attack.line import Answer, Line

REFERRALS = "/players/me/referrals"


def forged_cursors(attempt: Attempt) -> None:
    """Forged, foreign, truncated or altered cursors: nobody reads another player's referral tree."""
    victim = attempt.account(0)
    link = f"ref_{victim.ref_code}"
    children = [attempt.account(1 + n, start_param=link) for n in range(3)]
    attacker = attempt.account(9)
    secret = {victim.id, *(child.id for child in children)}
    with attempt.line() as line:
        own, cursor = _own_page(attempt, line, victim)
        attempt.expect(own & secret, "the victim cannot see their own tree: this attack proves nothing")
        for text in [*_made_up(attacker.id, victim.id), *_spoiled(cursor)]:
            for of in ("tree", "direct"):
                answer = _ask(attempt, line, attacker, f"{REFERRALS}?of={of}&limit=10&cursor={text}")
                shown = _ids(answer) & secret
                attempt.expect(not shown, f"{len(shown)} players of another's tree by ?of={of}&cursor={text[:60]}")
                if answer and answer.status == 200 and text and text != cursor:
                    attempt.problem(f"a cursor that no page has issued is accepted: ?of={of}&cursor={text[:60]}")
        for text in ["IiI", "e30", "W10", "bnVsbA", "MQ", "IiI" * 300, *_spoiled(cursor)]:
            answer = attempt.ask(line, "GET", f"/leaderboard/closed?period=day&cursor={text}")
            attempt.refused(answer, f"/leaderboard/closed with cursor={text[:40]}", 400, 429)


def _own_page(attempt: Attempt, line: Line, victim: Account) -> tuple[set[str], str]:
    """A player's own referral tree: ids, and the cursor of its second page."""
    answer = attempt.patiently(line, "GET", f"{REFERRALS}?of=tree&limit=2", None, victim.bearer)
    return _ids(answer), str((answer.json() if answer and answer.status == 200 else {}).get("cursor") or "")


def _ask(attempt: Attempt, line: Line, account: Account, path: str) -> Answer | None:
    return attempt.patiently(line, "GET", path, None, account.bearer)


def _ids(answer: Answer | None) -> set[str]:
    if answer is None or answer.status != 200:
        return set()
    return {entry["id"] for entry in answer.json()["entries"]}


def _made_up(attacker: str, victim: str) -> list[str]:
    """Positions as somebody who has read the code would encode them."""
    before = [0, ""]
    positions: list[Any] = [
        [[attacker, before], [victim, None]],
        [[attacker, None], [victim, None]],
        [[attacker, [0, victim]], [victim, before]],
        [[victim, None]],
        [[victim, before], [victim, None]],
        [0, victim],
        [-1, ""],
        [2**63, "x"],
        [],
        None,
        "i",
    ]
    return [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in positions]


def _spoiled(cursor: str) -> list[str]:
    """Another player's cursor: intact, truncated, altered and doubled."""
    if not cursor:
        return []
    turned = [cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :] for at in (0, len(cursor) // 2)]
    return [cursor, cursor[:-1], cursor[1:], cursor + "A", cursor * 2, *turned]
