"""Inviting players, from the link to the counts."""

from __future__ import annotations

import base64
import json
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.calls import assert_refused
from support.game import Answer, Game, Player
from support.permissions import running
from tapstack.platform.errors import StoreUnavailable
from tapstack.play import sessions
from tapstack.players import referrals
from tapstack.players.rules import referrals as rules
from tapstack.telegram.init_data import TelegramUser


def code(player: Player) -> str:
    return f"ref_{player.opened['player']['ref_code']}"


def mine(player: Player, **query: str) -> dict[str, object]:
    answer = player.game.call("players", "GET", "/players/me/referrals", headers=player.headers, query=query)
    assert answer.status == 200, answer
    return dict(answer.body)


def test_link_credits_the_inviter_once(game: Game) -> None:
    ada = game.sign_in(1)
    bob = game.sign_in(2, start_param=code(ada))
    game.sign_in(2, start_param=code(ada))
    game.sign_in(3, start_param=code(bob))
    found = mine(ada)
    assert (found["direct"], found["indirect"], found["boost"]) == (1, 1, rules.boost(1, 1))
    assert [e["id"] for e in found["entries"]] == [bob.id]  # type: ignore[attr-defined]
    assert game.stores.players.get(ada.id).ancestors == ()
    assert game.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers).body["clicks"] == 0


def test_bot_link_credits_too(game: Game) -> None:
    ada = game.sign_in(1)
    update = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 2, "type": "private"},
            "from": {"id": 2, "is_bot": False, "first_name": "Bob"},
            "text": f"/start {code(ada)}",
        },
    }
    secret = {"X-Telegram-Bot-Api-Secret-Token": game.stores.settings.telegram.webhook_secret}
    assert game.call("webhook", "POST", "/telegram/webhook", update, headers=secret).status == 200
    assert mine(ada)["direct"] == 1


@pytest.mark.parametrize("param", ["ref_nobodyat", "ref_", "hello", "ref_x y", ""])
def test_link_that_names_nobody_still_signs_in(game: Game, param: str) -> None:
    assert game.stores.players.get(game.sign_in(1, start_param=param).id).referrer_id is None


def test_own_link_and_a_later_link_change_nothing(game: Game) -> None:
    ada = game.sign_in(1)
    bob = game.sign_in(2)
    game.sign_in(1, start_param=code(ada))
    game.sign_in(1, start_param=code(bob))
    assert game.stores.players.get(ada.id).referrer_id is None
    assert mine(bob)["direct"] == mine(ada)["direct"] == 0


def test_counts_are_those_of_the_tree(game: Game) -> None:
    chance = random.Random(7)  # noqa: S311
    everybody = [game.sign_in(1)]
    for n in range(2, 30):
        everybody.append(game.sign_in(n, start_param=code(chance.choice(everybody))))
    for player in everybody:
        account = game.stores.players.get(player.id)
        counted = referrals.recount(game.stores, player.id)
        assert (account.direct_referrals, account.indirect_referrals) == (counted.direct, counted.indirect)
        assert account.boost == counted.boost


def test_tree_is_read_in_pages_down_to_a_depth(game: Game) -> None:
    ada = game.sign_in(1)
    children = [game.sign_in(10 + n, start_param=code(ada)) for n in range(3)]
    grandchildren = [game.sign_in(20 + n, start_param=code(children[n // 2])) for n in range(4)]
    expected = [
        (children[0].id, 1),
        (grandchildren[0].id, 2),
        (grandchildren[1].id, 2),
        (children[1].id, 1),
        (grandchildren[2].id, 2),
        (grandchildren[3].id, 2),
        (children[2].id, 1),
    ]
    for limit in (1, 2, 3, 50):
        seen, cursor = [], None
        while True:
            page = referrals.tree(game.stores, ada.id, limit=limit, cursor=cursor)
            assert len(page.items) <= limit
            seen += [(b.id, b.level) for b in page.items]
            cursor = page.cursor
            if cursor is None:
                break
        assert seen == expected
    assert [b.level for b in referrals.tree(game.stores, ada.id, depth=1).items] == [1, 1, 1]
    assert [e["level"] for e in mine(ada, of="tree", limit="2")["entries"]] == [1, 2]  # type: ignore[attr-defined]


def test_count_stops_at_the_depth_limit(game: Game) -> None:
    chain = [game.sign_in(1)]
    for n in range(2, rules.MAX_DEPTH + 4):
        chain.append(game.sign_in(n, start_param=code(chain[-1])))
    top = mine(chain[0])
    assert (top["direct"], top["indirect"]) == (1, rules.MAX_DEPTH - 1)
    assert referrals.recount(game.stores, chain[0].id) == rules.Credit(1, rules.MAX_DEPTH - 1)


def test_page_of_a_tree_of_inviters_makes_a_bounded_number_of_calls(
    game: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every one of them has invited somebody: a page that read them all would make two calls for each."""
    monkeypatch.setattr(referrals, "LEGS_A_PAGE", 4)
    ada = game.sign_in(1)
    expected = []
    for n in range(6):
        child = game.sign_in(10 + n, start_param=code(ada))
        grandchild = game.sign_in(20 + n, start_param=code(child))
        expected += [child.id, grandchild.id]
    index = game.stores.player_index
    asked: list[Any] = []
    reading = index.invited_by

    def watched(*args: Any, **how: Any) -> Any:
        asked.append(args)
        return reading(*args, **how)

    monkeypatch.setattr(index, "invited_by", watched)
    seen: list[Any] = []
    cursor, pages = None, 0
    while pages == 0 or cursor:
        asked.clear()
        page = referrals.tree(game.stores, ada.id, limit=100, cursor=cursor)
        assert len(asked) <= 4
        seen, cursor, pages = seen + [branch.id for branch in page.items], page.cursor, pages + 1
    assert seen == expected


def test_tree_with_a_circle_in_its_data_ends(game: Game) -> None:
    ada = game.sign_in(1)
    bob = game.sign_in(2, start_param=code(ada))
    game.stores.players.change(ada.id, referrer_id=bob.id, ancestors=[bob.id])
    game.stores.players.change(bob.id, direct_referrals=1)
    assert [b.id for b in referrals.tree(game.stores, ada.id).items] == [bob.id]


def by_hand(position: Any) -> str:
    """A cursor as anybody can make one."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).rstrip(b"=").decode()


def ask(player: Player, of: str, cursor: str | None) -> Answer:
    query = {"of": of, "limit": "1", **({"cursor": cursor} if cursor else {})}
    return player.game.call("players", "GET", "/players/me/referrals", headers=player.headers, query=query)


def test_cursor_made_by_hand_shows_nobody_elses_tree(game: Game) -> None:
    ada, eve = game.sign_in(1), game.sign_in(2)
    for n in range(3, 6):
        game.sign_in(n, start_param=code(ada))
    for of, position in [
        ("tree", [[eve.id, None], [ada.id, None]]),
        ("tree", [[eve.id, None], [ada.id, [0, "0" * 16]]]),
        ("tree", [[ada.id, None]]),
        ("tree", []),
        ("direct", [0, ada.id]),
        ("direct", [10**400, ada.id]),
        ("direct", [0, ""]),
        ("direct", ""),
    ]:
        assert_refused(ask(eve, of, by_hand(position)), 400, "validation_failed")


def test_cursor_of_another_player_or_list_is_refused(game: Game) -> None:
    ada, eve = game.sign_in(1), game.sign_in(2)
    for n in range(3, 6):
        game.sign_in(n, start_param=code(ada))
    cursors = {of: ask(ada, of, None).body["cursor"] for of in ("direct", "tree")}
    for of, cursor in cursors.items():
        other = "tree" if of == "direct" else "direct"
        assert ask(ada, of, cursor).status == 200
        for player, kind in ((eve, of), (ada, other), (eve, other)):
            assert_refused(ask(player, kind, cursor), 400, "validation_failed")
        assert_refused(ask(ada, of, cursor[:-4]), 400, "validation_failed")
        assert_refused(ask(ada, of, "IiI"), 400, "validation_failed")
        closed = {"period": "day", "cursor": cursor}
        answer = game.call("leaderboard", "GET", "/leaderboard/closed", query=closed)
        assert_refused(answer, 400, "validation_failed")
    for text in ("IiI", by_hand(""), by_hand("2026-11-21"), by_hand(10**400)):
        query = {"period": "day", "cursor": text}
        assert_refused(game.call("leaderboard", "GET", "/leaderboard/closed", query=query), 400, "validation_failed")


def test_many_sign_ups_at_once_are_all_credited_in_the_end(game: Game) -> None:
    ada = game.sign_in(1)

    def sign_up(n: int) -> None:
        user = TelegramUser(100 + n // 2, "Bob")  # everybody twice
        for _ in range(50):
            try:
                sessions.find_or_create(game.stores, user, code(ada))
                return
            except StoreUnavailable:
                continue
        raise AssertionError("no account")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(sign_up, range(40)))
    for _ in range(20):
        with running("maintenance"):
            referrals.credit_due(game.stores)
        if not game.stores.referrals.due(1):
            break
    assert mine(ada)["direct"] == 20
    assert referrals.recount(game.stores, ada.id) == rules.Credit(20, 0)


def test_inviter_waits_in_the_outbox_to_be_told_of_who_came_to_the_mini_app(game: Game) -> None:
    ada = game.sign_in(1)
    bob = game.sign_in(2, first_name="Боб", start_param=code(ada))
    assert bob.opened["newcomer"]["invited_by"] == "Ada"
    calls, _ = game.stores.outbox.take()
    assert [(leased.chat_id, "<b>Боб</b>" in leased.call["text"]) for leased in calls] == [(1, True)]
    assert mine(bob)["invited_by"] == "Ada"
