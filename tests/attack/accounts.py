"""Attacks by one ordinary account on sessions, batches, names and score cards; and by a banned or erased one."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from attack.attempt import Account, Attempt
from attack.line import Answer, Line
from attack.operators import run_command

MANY = 80
"""Sessions of one account at once: more than the game keeps open."""

HELD_NAMES = 4
"""The current name and the released ones that stay reserved."""


def session_storm(attempt: Attempt) -> None:
    """One account opens sessions and ends them, over four connections, as fast as it can."""
    account = attempt.account()
    sign_in = {"Authorization": f"tma {account.init_data}"}

    def open_and_end(line: Line, _: int) -> None:
        opened = attempt.ask(line, "POST", "/sessions", {"session_id": str(uuid.uuid4())}, sign_in)
        if opened is None or opened.status >= 400:
            return attempt.refused(opened, "opening", 409, 429)
        token = opened.json()["token"]
        ended = attempt.ask(line, "DELETE", "/sessions/current", None, {"Authorization": f"Bearer {token}"})
        if ended and ended.status != 204:
            attempt.refused(ended, "ending", 429)

    attempt.flood(4, open_and_end, burst=210, per_s=1)


def parallel_sessions(attempt: Attempt) -> None:
    """One account opens 80 sessions at once and taps in all of them: exactly the accepted taps count."""
    first = attempt.account()
    sign_in = {"Authorization": f"tma {first.init_data}"}
    accepted = [0] * MANY

    def play(number: int) -> None:
        with attempt.line() as line:
            opened = attempt.ask(line, "POST", "/sessions", {"session_id": str(uuid.uuid4())}, sign_in)
            if opened is None or opened.status >= 400:
                return attempt.refused(opened, "opening", 409, 429)
            bearer = {"Authorization": f"Bearer {opened.json()['token']}"}
            tapped = attempt.ask(line, "POST", "/clicks", {"taps": 3}, bearer)
            if tapped and tapped.status == 200:
                accepted[number] = tapped.json()["accepted"]
            else:
                attempt.refused(tapped, "tapping", 410, 429)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(play, range(MANY)))
    with attempt.line() as line:
        mine = attempt.patiently(line, "GET", "/players/me", None, first.bearer)
    attempt.expect(mine and mine.status == 200, "the account cannot be read afterwards")
    if mine and mine.status == 200:
        clicks = mine.json()["clicks"]
        attempt.expect(clicks == sum(accepted), f"{sum(accepted)} taps accepted, {clicks} counted")


def replays(attempt: Attempt) -> None:
    """Six callers send batches twice, late and in any order: each tap counts once."""
    account = attempt.account()
    most = 60

    def send(caller: int) -> None:
        with attempt.line() as line:
            for step in range(12):
                taps = (step * 7 + caller * 11) % most + 1
                answer = attempt.ask(line, "POST", "/clicks", {"taps": taps}, account.bearer)
                if answer and answer.status != 200:
                    attempt.refused(answer, "a repeated batch", 429)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(send, range(6)))
    with attempt.line() as line:
        last = attempt.patiently(line, "POST", "/clicks", {"taps": most}, account.bearer)
    seen = last and last.status == 200 and (last.json()["taps"], last.json()["clicks"])
    attempt.expect(seen == (most, most), f"{most} taps in many batches, counted {seen}")


def rename_storm(attempt: Attempt) -> None:
    """One account renames itself repeatedly to hoard names: at most four stay taken."""
    hoarder, other = attempt.account(0), attempt.account(1)
    stem = f"hoard{hoarder.id[:6]}"
    taken: list[str] = []

    def take(line: Line, _: int) -> None:
        name = f"{stem}{len(taken)}"
        answer = attempt.ask(line, "PATCH", "/players/me", {"username": name}, hoarder.bearer)
        if answer and answer.status == 200:
            taken.append(name)
        elif answer:
            attempt.refused(answer, "renaming", 409, 429)

    attempt.flood(1, take, burst=30, per_s=1)
    held = 0
    with attempt.line() as line:
        for name in taken[:6]:
            answer = attempt.patiently(line, "PATCH", "/players/me", {"username": name}, other.bearer)
            held += bool(answer and answer.status == 409)
    attempt.expect(taken, "an account cannot rename itself even once")
    attempt.expect(held <= HELD_NAMES, f"one account holds {held} of its first names after {len(taken)} renames")


def share_storm(attempt: Attempt) -> None:
    """One account requests score cards from eight callers: at most one every three seconds is made."""
    account = attempt.account()

    def share(line: Line, _: int) -> None:
        answer = attempt.ask(line, "POST", "/players/me/share", None, account.bearer)
        if answer and answer.status != 200:
            attempt.refused(answer, "sharing", 409, 429)

    before, began_s = attempt.seen(200), time.monotonic()
    attempt.flood(8, share, burst=10, per_s=2)
    made, took_s = attempt.seen(200) - before, time.monotonic() - began_s
    attempt.expect(made <= 2 + took_s / 3, f"{made} score cards in {took_s:.0f} s")


def banned_player(attempt: Attempt) -> None:
    """A banned player with an older token tries every operation: nothing counts, nothing changes."""
    account = attempt.account()
    with attempt.line() as line:
        attempt.ask(line, "POST", "/clicks", {"taps": 5}, account.bearer)
        said = run_command(attempt, "ban", account.id, "--reason", "attacked")
        attempt.expect(said.returncode == 0, f"the ban failed: {said.stderr[-300:]}")
        fresh = {"session_id": str(uuid.uuid4())}
        doors = _doors(attempt, line, account, fresh)
        for what, answer in doors.items():
            if what == "clicking":
                counted = answer is not None and answer.status == 200 and answer.json()["accepted"]
                attempt.expect(not counted, f"a banned player's taps count: {answer and answer.body[:120]!r}")
            elif what not in ("beating", "reading"):
                attempt.refused(answer, f"a banned player {what}", 401, 403, 410, 429)
        update = _press(account, attempt)
        answer = attempt.update(line, update)
        attempt.expect(answer and b"+1" not in answer.body, "a banned player's press in the chat counts")


def erased_player(attempt: Attempt) -> None:
    """An erased player's token is good for nothing, and restores nothing of the player."""
    account = attempt.account()
    with attempt.line() as line:
        attempt.ask(line, "POST", "/clicks", {"taps": 5}, account.bearer)
        said = run_command(attempt, "delete", account.id, "--reason", "an attack")
        attempt.expect(said.returncode == 0, f"erasing failed: {said.stderr[-300:]}")
        for what, answer in _doors(attempt, line, account, None).items():
            attempt.refused(answer, f"an erased player {what}", 401, 403, 404, 410, 429)
        found = run_command(attempt, "show", account.id)
        attempt.expect(found.returncode != 0, "an erased player can be shown again")
        _erases_itself(attempt, line)


def _erases_itself(attempt: Attempt, line: Line) -> None:
    """Players can erase themselves only with their own launch data; a stolen token is not enough."""
    account, thief = attempt.account(1), attempt.account(2)
    for forged in ({"init_data": thief.init_data}, {"init_data": account.init_data[:-1]}, {"init_data": "x"}, {}, None):
        answer = attempt.patiently(line, "DELETE", "/players/me", forged, account.bearer)
        attempt.refused(answer, "erasing somebody by their token", 400, 401, 403, 405)
    own = {"init_data": account.init_data}
    first = attempt.patiently(line, "DELETE", "/players/me", own, account.bearer)
    if first is None or first.status == 405:
        return  # this game has no such operation
    attempt.expect(first.status in (200, 202, 204), f"erasing oneself: {first.status} {first.body[:80]!r}")
    for what, answer in _doors(attempt, line, account, None).items():
        attempt.refused(answer, f"a player who has erased themselves {what}", 401, 403, 404, 410, 429)
    again = attempt.ask(line, "DELETE", "/players/me", own, account.bearer)
    if again and again.status not in (200, 202, 204):  # erased before: just as good
        attempt.refused(again, "erasing oneself again", 401, 403, 404, 410, 429)


def _doors(attempt: Attempt, line: Line, account: Account, fresh: dict[str, str] | None) -> dict[str, Answer | None]:
    """Calls every operation with a token; signs in too if a session is given to open."""
    bearer, name = account.bearer, {"username": f"door{account.id[:8]}"}
    found = {
        "clicking": attempt.ask(line, "POST", "/clicks", {"taps": 50}, bearer),
        "beating": attempt.ask(line, "POST", "/heartbeat", {}, bearer),
        "renaming": attempt.ask(line, "PATCH", "/players/me", name, bearer),
        "sharing": attempt.ask(line, "POST", "/players/me/share", None, bearer),
        "reading": attempt.ask(line, "GET", "/players/me", None, bearer),
    }
    if fresh:
        sign_in = {"Authorization": f"tma {account.init_data}"}
        found["signing in"] = attempt.ask(line, "POST", "/sessions", fresh, sign_in)
    return found


def _press(account: Account, attempt: Attempt) -> dict[str, object]:
    user = {"id": account.telegram_id, "is_bot": False, "first_name": "Mallory", "language_code": "en"}
    message = {"message_id": 1, "date": 1_800_000_000, "chat": {"id": account.telegram_id, "type": "private"}}
    query = {"id": "1", "from": user, "chat_instance": "1", "data": "tap:tap", "message": message}
    return {"update_id": 700_000_000 + attempt.number, "callback_query": query}
