"""Accounts: what the store promises, on each emulator."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from support.accounts import account
from tapstack.domain import names
from tapstack.domain.bans import ban_mark, ban_marks
from tapstack.domain.periods import DAY_MS
from tapstack.domain.state import Player, Standing
from tapstack.errors import Conflict, Forbidden, NotFound, StoreUnavailable

from .conftest import Desk


def made(desk: Desk, telegram_id: int, display_name: str = "Ada Lovelace") -> Player:
    player = account(telegram_id, display_name)
    assert desk.players.create(player)
    return player


def test_create_then_read_by_every_key_gives_the_same(desk: Desk) -> None:
    ada = made(desk, 1)
    assert desk.players.get(ada.id) == ada
    assert desk.players.by_telegram_id(1) == ada
    assert desk.players.by_ref_code(ada.ref_code) == ada
    named = desk.players.rename(ada, "Ada_1")
    assert desk.players.by_username("aDA_1") == named


def test_unknown_keys_find_nobody(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.players.get("0" * 16)
    assert desk.players.by_telegram_id(404) is None
    assert desk.players.by_username("nobody") is None
    assert desk.players.by_ref_code("nothing") is None
    assert desk.players.get_many(["0" * 16]) == {}
    with pytest.raises(NotFound):
        desk.players.update("0" * 16, language="de")


def test_second_account_of_a_telegram_id_or_referral_code_is_not_made(desk: Desk) -> None:
    ada = made(desk, 1)
    assert not desk.players.create(account(1))
    assert not desk.players.create(account(2, ref_code=ada.ref_code))
    assert desk.players.by_telegram_id(2) is None


def test_get_many_reads_more_than_one_call_holds(desk: Desk) -> None:
    everybody = {p.id: p for p in (made(desk, n) for n in range(130))}
    assert desk.players.get_many([*everybody, "f" * 16, next(iter(everybody))]) == everybody


def test_old_name_stays_reserved_until_its_grace_time_is_over(desk: Desk) -> None:
    ada, eve = made(desk, 1), made(desk, 2)
    ada = desk.players.rename(desk.players.rename(ada, "ada"), "countess")
    assert desk.players.by_username("ada") is None
    with pytest.raises(Conflict):
        desk.players.rename(eve, "Ada")
    desk.late_s = names.RENAME_GRACE_S + 1
    assert desk.players.rename(eve, "Ada").username == "Ada"
    with pytest.raises(Conflict):
        desk.players.rename(ada, "ada")


def test_owner_takes_a_reserved_name_back(desk: Desk) -> None:
    ada = made(desk, 1)
    for name in ("ada", "countess", "ADA", "countess"):
        ada = desk.players.rename(ada, name)
    assert desk.players.by_username("countess") == ada
    desk.late_s = names.RENAME_GRACE_S + 1
    eve = made(desk, 2)
    with pytest.raises(Conflict):
        desk.players.rename(eve, "countess")


def test_only_a_few_old_names_are_reserved_at_once(desk: Desk) -> None:
    ada, eve = made(desk, 1), made(desk, 2)
    for n in range(names.MAX_HELD_NAMES + 2):
        ada = desk.players.rename(ada, f"name{n}")
    eve = desk.players.rename(eve, "name0")
    with pytest.raises(Conflict):
        desk.players.rename(eve, "name1")


def test_name_in_another_case_is_the_same_name(desk: Desk) -> None:
    ada, eve = made(desk, 1), made(desk, 2)
    ada = desk.players.rename(desk.players.rename(ada, "Ada"), "ADA")
    assert ada.username == "ADA"
    with pytest.raises(Conflict):
        desk.players.rename(eve, "ada")


def test_race_for_a_name_has_one_winner(ministack_desk: Desk) -> None:
    desk = ministack_desk
    racers = [made(desk, n) for n in range(8)]

    def run(player: Player) -> bool:
        for _ in range(50):
            try:
                desk.players.rename(player, "champion")
                return True
            except StoreUnavailable:
                continue
            except Conflict:
                return False
        raise AssertionError("no answer")

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(run, racers))
    assert won.count(True) == 1
    winner = desk.players.by_username("champion")
    assert winner is not None
    assert winner.id == racers[won.index(True)].id
    assert [p.username for p in desk.players.get_many([r.id for r in racers]).values()].count("champion") == 1


def test_race_to_sign_up_makes_one_account(ministack_desk: Desk) -> None:
    desk = ministack_desk

    def run(_: int) -> bool | None:
        try:
            return desk.players.create(account(7))
        except StoreUnavailable:
            return None

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(run, range(16)))
    assert outcomes.count(True) <= 1
    found = desk.players.by_telegram_id(7)
    assert (found is not None) == (outcomes.count(True) == 1)


def test_search_ignores_case_width_and_spacing(desk: Desk) -> None:
    for n, name in enumerate(["Анна Каренина", "АННА  Павлова", "Ｂob", "bobby", "Zed", "🙂"]):
        made(desk, n, name)

    def found(start: str) -> list[str]:
        return [p.display_name for p in desk.index.search(start).items]

    assert found("анна") == ["Анна Каренина", "АННА  Павлова"]
    assert found("Анна К") == ["Анна Каренина"]
    assert found("BOB") == ["Ｂob", "bobby"]
    assert found("🙂") == ["🙂"]
    assert found("nobody") == []


def test_search_follows_a_changed_name(desk: Desk) -> None:
    ada = made(desk, 1, "Ada")
    desk.players.update(ada.id, display_name="Countess", language="fr")
    assert desk.index.search("ada").items == []
    (found,) = desk.index.search("count").items
    assert (found.id, found.language) == (ada.id, "fr")


def test_search_pages_show_everybody_once(desk: Desk) -> None:
    everybody = [made(desk, n, f"Same {n % 3}") for n in range(11)]
    seen: list[str] = []
    cursor = None
    while True:
        page = desk.index.search("same", limit=4, cursor=cursor)
        seen += [p.id for p in page.items]
        cursor = page.cursor
        if not cursor:
            break
    assert sorted(seen) == sorted(p.id for p in everybody)


def test_username_search_finds_current_names_only(desk: Desk) -> None:
    ada = desk.players.rename(made(desk, 1), "Ada_L")
    desk.players.rename(made(desk, 2), "adam")
    desk.players.rename(ada, "Countess")
    assert [p.username for p in desk.index.search("AD", by="username").items] == ["adam"]


def test_list_of_everybody_is_newest_first_and_whole(desk: Desk) -> None:
    today = desk.clock() // DAY_MS
    desk.index.first_day = today - 40
    joined = [today * DAY_MS - n * DAY_MS * 7 // 3 for n in range(16)]
    everybody = [account(n, created_at_ms=at_ms) for n, at_ms in enumerate(joined)]
    assert all(desk.players.create(player) for player in everybody)
    seen: list[Player] = []
    cursor = None
    while True:
        page = desk.index.newest(limit=3, cursor=cursor)
        seen += page.items
        cursor = page.cursor
        if not cursor:
            break
    assert [p.id for p in seen] == [p.id for p in everybody]


def test_erasure_frees_every_name_and_can_be_done_again(desk: Desk) -> None:
    ada = desk.players.rename(desk.players.rename(made(desk, 1), "ada"), "countess")
    for _ in range(2):
        erasing = desk.erasures.begin(ada.id, desk.clock())
        assert erasing is not None
        with pytest.raises(NotFound):
            desk.players.get(ada.id)
    assert erasing is not None
    desk.erasures.finish(erasing, desk.clock())
    assert desk.erasures.begin(ada.id, desk.clock()) is None
    assert desk.players.get_many([ada.id]) == {}
    assert desk.index.search("ada").items == []
    assert desk.index.newest().items == []
    left = desk.tables.player.get(ada.id).attribute_values
    assert set(left) == {"id", "created_at_ms", "erased_at_ms"}
    again = made(desk, 1)
    assert desk.players.rename(again, "ada").username == "ada"


def test_erased_ban_stays_with_the_telegram_account(desk: Desk) -> None:
    eve = made(desk, 1)
    desk.players.change(eve.id, standing=Standing.BANNED, standing_at_ms=1, reasons=["bot"])
    erasing = desk.erasures.begin(eve.id, desk.clock())
    assert erasing is not None
    with pytest.raises(Forbidden):
        desk.players.by_telegram_id(1)
    old, new = "the key of the game", "its next key, after a rotation"
    desk.erasures.finish(erasing, desk.clock(), ban_mark(1, old))
    assert desk.players.by_telegram_id(1) is None
    with pytest.raises(Forbidden):
        desk.players.create(account(1), ban_marks(1, [new, old]))
    assert desk.players.create(account(2), ban_marks(2, [new, old]))
    assert set(desk.tables.player.get(eve.id).attribute_values) == {"id", "created_at_ms", "erased_at_ms"}


def test_account_whose_erasure_has_begun_is_neither_there_nor_free(desk: Desk) -> None:
    ada = made(desk, 1)
    assert desk.erasures.begin(ada.id, 5_000)
    assert desk.erasures.begin(ada.id, 9_000)
    with pytest.raises(StoreUnavailable) as refused:
        desk.players.by_telegram_id(1)
    assert refused.value.code == "erasing"
    assert desk.players.by_ref_code(ada.ref_code) is None
    assert not desk.players.create(account(1))
    assert desk.erasures.due(4_999, 10) == []
    assert desk.erasures.due(5_000, 10) == [ada.id]
    erasing = desk.erasures.read(ada.id)
    assert erasing is not None
    desk.erasures.finish(erasing, 9_000)
    assert desk.erasures.due(9_000, 10) == []
    assert desk.erasures.read(ada.id) is None


def test_old_names_are_let_go_of_even_long_after_their_grace_time(desk: Desk) -> None:
    ada = desk.players.rename(desk.players.rename(made(desk, 1), "ada"), "countess")
    desk.late_s = names.RENAME_GRACE_S + 1
    desk.players.rename(ada, "enchantress")
    assert "name#ada" not in {item.key for item in desk.tables.unique.scan()}
    assert desk.players.rename(made(desk, 2), "ada").username == "ada"


def test_old_name_that_is_anothers_by_now_is_left_to_them(desk: Desk) -> None:
    ada = desk.players.rename(desk.players.rename(made(desk, 1), "ada"), "countess")
    desk.late_s = names.RENAME_GRACE_S + 1
    bob = desk.players.rename(made(desk, 2), "ada")
    desk.players.rename(ada, "enchantress")
    erasing = desk.erasures.begin(ada.id, desk.clock())
    assert erasing is not None
    desk.erasures.finish(erasing, desk.clock())
    found = desk.players.by_username("ada")
    assert found is not None
    assert found.id == bob.id


def test_no_read_scans(desk: Desk, calls: list[str]) -> None:
    ada = desk.players.rename(made(desk, 1), "ada")
    desk.players.get(ada.id)
    desk.players.by_username("ada")
    desk.players.by_ref_code(ada.ref_code)
    desk.players.by_telegram_id(1)
    desk.index.search("ada")
    desk.index.search("ada", by="username")
    desk.index.newest()
    desk.index.invited_by(ada.id, after=None, limit=10)
    desk.index.of_standing(Standing.BANNED)
    assert "Query" in calls
    assert "Scan" not in calls
