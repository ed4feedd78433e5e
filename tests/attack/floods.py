"""Floods of requests with valid, forged or foreign credentials."""

from __future__ import annotations

import random
import time
import uuid
from urllib.parse import quote, urlencode

from support.identity import BOT_TOKEN, init_data

from attack.attempt import Attempt
from attack.line import Line

CALLERS = 8
BURST_TAPS, TAPS_PER_S = 500, 25
PERIODS = ("day", "week", "month", "all")


def forged_tokens(attempt: Attempt) -> None:
    """Clicks, heartbeats and reads with tokens that are random, truncated, of the wrong kind, or have a flipped bit."""
    token = attempt.account().token
    doors = [("POST", "/clicks", {"taps": 1}), ("POST", "/heartbeat", {}), ("GET", "/players/me", None)]
    doors += [
        ("POST", "/_url/ClickFunctionUrl/clicks", {"taps": 1}),
        ("POST", "/_url/HeartbeatFunctionUrl/heartbeat", {}),
        ("GET", "/leaderboard/me", None),
        ("POST", "/players/me/share", None),
        ("DELETE", "/sessions/current", None),
    ]
    chance = random.Random(attempt.number)  # noqa: S311

    def forge(line: Line, caller: int) -> None:
        at = chance.randrange(len(token) - 1)
        turned = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        forged = [turned, token[:-2], token + "A", token * 200, "", "null", "\x00\xff", "É" * 20, f"{token} {token}"]
        method, path, body = chance.choice(doors)
        scheme = chance.choice(["Bearer", "Bearer", "Bearer", "tma", "Basic", ""])
        given = f"{scheme} {chance.choice(forged)}"
        answer = attempt.ask(line, method, path, body, {"Authorization": given.encode("utf-8")})
        attempt.refused(answer, f"{method} {path} with a forged token", 400, 401, 429, 431)

    attempt.crowd(4, forge)


def forged_init_data(attempt: Attempt) -> None:
    """Sign-ins with initData of another bot, of last year or tomorrow, truncated, doubled, or with another user."""
    good = init_data(attempt.number, "Eve", token=attempt.target.bot_token)
    now_s = int(time.time())
    forged = [
        init_data(1, "Eve", token=BOT_TOKEN),
        init_data(1, "Eve", token=attempt.target.bot_token, auth_date_s=now_s - 400 * 86_400),
        init_data(1, "Eve", token=attempt.target.bot_token, auth_date_s=now_s + 86_400),
        init_data(1, "Eve", token=attempt.target.bot_token, auth_date_s=-1),
        init_data(2**63, "Eve", token=attempt.target.bot_token),
        init_data(-5, "Eve", token=attempt.target.bot_token),
        init_data(1, "Eve", token=attempt.target.bot_token, user="null"),
        init_data(1, "Eve", token=attempt.target.bot_token, user="[" * 5_000),
        good.replace("Eve", "Mallory"),
        good[:-1],
        f"{good}&hash=0",
        f"{good}&user={quote('{}')}",
        urlencode({"user": '{"id":1,"first_name":"Eve"}', "auth_date": str(now_s), "hash": "0" * 64}),
        "hash=" + "é" * 40,
        "&" * 4_000,
        "%00=%ff",
    ]
    chance = random.Random(attempt.number)  # noqa: S311

    def sign_in(line: Line, _: int) -> None:
        given = {"Authorization": f"tma {chance.choice(forged)}"}
        answer = attempt.ask(line, "POST", "/sessions", {"session_id": str(uuid.uuid4())}, given)
        attempt.refused(answer, f"a sign-in with forged initData {given['Authorization'][:60]}", 400, 401, 429, 431)

    attempt.crowd(4, sign_in)


def click_flood(attempt: Attempt) -> None:
    """One account sends batches from eight callers: no more taps count than the rate allows."""
    account = attempt.account()
    sent = [0]
    began_s = time.monotonic()

    def tap(line: Line, _: int) -> None:
        sent[0] += 1_000
        answer = attempt.ask(line, "POST", "/clicks", {"taps": sent[0]}, account.bearer)
        if answer and answer.status != 200:
            attempt.refused(answer, "a click", 410, 429)

    attempt.flood(CALLERS, tap, burst=150, per_s=22)
    with attempt.line() as line:
        answer = attempt.patiently(line, "POST", "/heartbeat", {}, account.bearer)
    most = BURST_TAPS + TAPS_PER_S * (time.monotonic() - began_s + 1)
    clicks = answer.json()["clicks"] if answer and answer.status == 200 else 0
    attempt.expect(clicks <= most, f"{clicks} taps counted, where the rate allows {most:.0f}")


def heartbeat_flood(attempt: Attempt) -> None:
    """One account sends heartbeats from eight callers."""
    account = attempt.account()

    def beat(line: Line, _: int) -> None:
        answer = attempt.ask(line, "POST", "/heartbeat", {}, account.bearer)
        if answer and answer.status != 200:
            attempt.refused(answer, "a heartbeat", 410, 429)

    attempt.flood(CALLERS, beat, burst=150, per_s=22)


def sign_in_flood(attempt: Attempt) -> None:
    """One account reopens the same session from eight callers."""
    account = attempt.account()
    given, body = {"Authorization": f"tma {account.init_data}"}, {"session_id": account.session_id}

    def sign_in(line: Line, _: int) -> None:
        answer = attempt.ask(line, "POST", "/sessions", body, given)
        if answer and answer.status not in (200, 201):
            attempt.refused(answer, "a sign-in", 409, 429)

    attempt.flood(CALLERS, sign_in, burst=150, per_s=10)


def expensive_reads(attempt: Attempt) -> None:
    """One account makes expensive reads from eight callers, and taps so that every rank is recomputed."""
    account = attempt.account()
    paths = [f"/leaderboard/me?period={period}" for period in PERIODS]
    paths += ["/players/me/referrals?of=tree&limit=100", "/players/me/referrals", "/players/me", "/players/me/export"]
    taps = [0]

    def read(line: Line, caller: int) -> None:
        if caller == 0:
            taps[0] += 1
            answer = attempt.ask(line, "POST", "/clicks", {"taps": taps[0]}, account.bearer)
        else:
            path = paths[(caller + attempt.requests) % len(paths)]
            answer = attempt.ask(line, "GET", path, None, account.bearer)
        if answer and answer.status != 200:
            attempt.refused(answer, "an expensive read", 404, 429)

    attempt.flood(CALLERS, read, burst=150, per_s=22)


def public_reads(attempt: Attempt) -> None:
    """Eight callers without sign-in read leaderboards, past periods, the hall of fame and the OpenAPI document."""
    paths = [f"/leaderboard?period={period}" for period in PERIODS]
    paths += [f"/leaderboard?period=day&name=2020-01-{day:02}" for day in range(1, 29)]
    paths += ["/leaderboard/closed?period=day&limit=100", "/leaderboard/fame", "/openapi.json", "/health"]
    chance = random.Random(attempt.number)  # noqa: S311

    def read(line: Line, _: int) -> None:
        answer = attempt.ask(line, "GET", chance.choice(paths))
        if answer and answer.status not in (200, 304):
            attempt.refused(answer, "a public read", 404, 429)

    attempt.crowd(CALLERS, read)


def chat_flood(attempt: Attempt) -> None:
    """One person floods the bot with fifty messages a second through the local Telegram."""
    if not attempt.target.telegram_port:
        return
    user, at = 990_000_000 + attempt.number, "/api"
    texts = ["/start", "/top", "/profile", "/tap", "x" * 4_000, "/start ref_" + "x" * 50, "\u202e/help", "/name"]
    with attempt.line(attempt.target.telegram_port) as line:
        attempt.ask(line, "POST", f"{at}/make_user", {"id": user, "first_name": "Flood"})
        while not attempt.over:
            attempt.ask(line, "POST", f"{at}/send", {"user": user, "text": random.choice(texts)})  # noqa: S311
            time.sleep(0.02)
