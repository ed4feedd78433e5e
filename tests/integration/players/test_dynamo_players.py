"""Accounts: what the store promises, on each emulator."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from support.accounts import account
from support.dynamo_stores import DynamoStores
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import Conflict, Forbidden, NotFound, StoreUnavailable
from tapstack.players.dynamo_tables import PlayerItem, UniqueItem
from tapstack.players.model import ModerationStatus, Player
from tapstack.players.rules import names
from tapstack.players.rules.bans import ban_mark, ban_marks


def made(dynamo_stores: DynamoStores, telegram_id: int, display_name: str = "Ada Lovelace") -> Player:
    player = account(telegram_id, display_name)
    assert dynamo_stores.players.create(player)
    return player


def test_create_then_read_by_every_key_gives_the_same(dynamo_stores: DynamoStores) -> None:
    ada = made(dynamo_stores, 1)
    assert dynamo_stores.players.get(ada.id) == ada
    assert dynamo_stores.players.by_telegram_id(1) == ada
    assert dynamo_stores.players.by_ref_code(ada.ref_code) == ada
    named = dynamo_stores.players.rename(ada, "Ada_1")
    assert dynamo_stores.players.by_username("aDA_1") == named


def test_unknown_keys_find_nobody(dynamo_stores: DynamoStores) -> None:
    with pytest.raises(NotFound):
        dynamo_stores.players.get("0" * 16)
    assert dynamo_stores.players.by_telegram_id(404) is None
    assert dynamo_stores.players.by_username("nobody") is None
    assert dynamo_stores.players.by_ref_code("nothing") is None
    assert dynamo_stores.players.get_many(["0" * 16]) == {}


def test_second_account_of_a_telegram_id_or_referral_code_is_not_made(dynamo_stores: DynamoStores) -> None:
    ada = made(dynamo_stores, 1)
    assert not dynamo_stores.players.create(account(1))
    assert not dynamo_stores.players.create(account(2, ref_code=ada.ref_code))
    assert dynamo_stores.players.by_telegram_id(2) is None


def test_get_many_reads_more_than_one_call_holds(dynamo_stores: DynamoStores) -> None:
    everybody = {p.id: p for p in (made(dynamo_stores, n) for n in range(130))}
    assert dynamo_stores.players.get_many([*everybody, "f" * 16, next(iter(everybody))]) == everybody


def test_old_name_stays_reserved_until_its_grace_time_is_over(dynamo_stores: DynamoStores) -> None:
    ada, eve = made(dynamo_stores, 1), made(dynamo_stores, 2)
    ada = dynamo_stores.players.rename(dynamo_stores.players.rename(ada, "ada"), "countess")
    assert dynamo_stores.players.by_username("ada") is None
    with pytest.raises(Conflict):
        dynamo_stores.players.rename(eve, "Ada")
    dynamo_stores.late_s = names.RENAME_GRACE_S + 1
    assert dynamo_stores.players.rename(eve, "Ada").username == "Ada"
    with pytest.raises(Conflict):
        dynamo_stores.players.rename(ada, "ada")


def test_owner_takes_a_reserved_name_back(dynamo_stores: DynamoStores) -> None:
    ada = made(dynamo_stores, 1)
    for name in ("ada", "countess", "ADA", "countess"):
        ada = dynamo_stores.players.rename(ada, name)
    assert dynamo_stores.players.by_username("countess") == ada
    dynamo_stores.late_s = names.RENAME_GRACE_S + 1
    eve = made(dynamo_stores, 2)
    with pytest.raises(Conflict):
        dynamo_stores.players.rename(eve, "countess")


def test_only_a_few_old_names_are_reserved_at_once(dynamo_stores: DynamoStores) -> None:
    ada, eve = made(dynamo_stores, 1), made(dynamo_stores, 2)
    for n in range(names.MAX_HELD_NAMES + 2):
        ada = dynamo_stores.players.rename(ada, f"name{n}")
    eve = dynamo_stores.players.rename(eve, "name0")
    with pytest.raises(Conflict):
        dynamo_stores.players.rename(eve, "name1")


def test_name_in_another_case_is_the_same_name(dynamo_stores: DynamoStores) -> None:
    ada, eve = made(dynamo_stores, 1), made(dynamo_stores, 2)
    ada = dynamo_stores.players.rename(dynamo_stores.players.rename(ada, "Ada"), "ADA")
    assert ada.username == "ADA"
    with pytest.raises(Conflict):
        dynamo_stores.players.rename(eve, "ada")


def test_race_for_a_name_has_one_winner(ministack_stores: DynamoStores) -> None:
    dynamo_stores = ministack_stores
    racers = [made(dynamo_stores, n) for n in range(8)]

    def run(player: Player) -> bool:
        for _ in range(50):
            try:
                dynamo_stores.players.rename(player, "champion")
                return True
            except StoreUnavailable:
                continue
            except Conflict:
                return False
        raise AssertionError("no answer")

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(run, racers))
    assert won.count(True) == 1
    winner = dynamo_stores.players.by_username("champion")
    assert winner is not None
    assert winner.id == racers[won.index(True)].id
    assert [p.username for p in dynamo_stores.players.get_many([r.id for r in racers]).values()].count("champion") == 1


def test_race_to_sign_up_makes_one_account(ministack_stores: DynamoStores) -> None:
    dynamo_stores = ministack_stores

    def run(_: int) -> bool | None:
        try:
            return dynamo_stores.players.create(account(7))
        except StoreUnavailable:
            return None

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(run, range(16)))
    assert outcomes.count(True) <= 1
    found = dynamo_stores.players.by_telegram_id(7)
    assert (found is not None) == (outcomes.count(True) == 1)


def test_search_ignores_case_width_and_spacing(dynamo_stores: DynamoStores) -> None:
    for n, name in enumerate(["Анна Каренина", "АННА  Павлова", "Ｂob", "bobby", "Zed", "🙂"]):
        made(dynamo_stores, n, name)

    def found(start: str) -> list[str]:
        return [p.display_name for p in dynamo_stores.index.search(start).items]

    assert found("анна") == ["Анна Каренина", "АННА  Павлова"]
    assert found("Анна К") == ["Анна Каренина"]
    assert found("BOB") == ["Ｂob", "bobby"]
    assert found("🙂") == ["🙂"]
    assert found("nobody") == []


def test_search_pages_show_everybody_once(dynamo_stores: DynamoStores) -> None:
    everybody = [made(dynamo_stores, n, f"Same {n % 3}") for n in range(11)]
    seen: list[str] = []
    cursor = None
    while True:
        page = dynamo_stores.index.search("same", limit=4, cursor=cursor)
        seen += [p.id for p in page.items]
        cursor = page.cursor
        if not cursor:
            break
    assert sorted(seen) == sorted(p.id for p in everybody)


def test_username_search_finds_current_names_only(dynamo_stores: DynamoStores) -> None:
    ada = dynamo_stores.players.rename(made(dynamo_stores, 1), "Ada_L")
    dynamo_stores.players.rename(made(dynamo_stores, 2), "adam")
    dynamo_stores.players.rename(ada, "Countess")
    assert [p.username for p in dynamo_stores.index.search("AD", by="username").items] == ["adam"]


def test_list_of_everybody_is_newest_first_and_whole(dynamo_stores: DynamoStores) -> None:
    today = dynamo_stores.clock() // DAY_MS
    dynamo_stores.index.first_day = today - 40
    joined = [today * DAY_MS - n * DAY_MS * 7 // 3 for n in range(16)]
    everybody = [account(n, created_at_ms=at_ms) for n, at_ms in enumerate(joined)]
    assert all(dynamo_stores.players.create(player) for player in everybody)
    seen: list[Player] = []
    cursor = None
    while True:
        page = dynamo_stores.index.newest(limit=3, cursor=cursor)
        seen += page.items
        cursor = page.cursor
        if not cursor:
            break
    assert [p.id for p in seen] == [p.id for p in everybody]


def test_erasure_frees_every_name_and_can_be_done_again(dynamo_stores: DynamoStores) -> None:
    ada = dynamo_stores.players.rename(dynamo_stores.players.rename(made(dynamo_stores, 1), "ada"), "countess")
    for _ in range(2):
        erasing = dynamo_stores.erasures.begin(ada.id, dynamo_stores.clock())
        assert erasing is not None
        with pytest.raises(NotFound):
            dynamo_stores.players.get(ada.id)
    assert erasing is not None
    dynamo_stores.erasures.finish(erasing, dynamo_stores.clock())
    assert dynamo_stores.erasures.begin(ada.id, dynamo_stores.clock()) is None
    assert dynamo_stores.players.get_many([ada.id]) == {}
    assert dynamo_stores.index.search("ada").items == []
    assert dynamo_stores.index.newest().items == []
    left = dynamo_stores.tables.bind(PlayerItem).get(ada.id).attribute_values
    assert set(left) == {"id", "v", "created_at_ms", "erased_at_ms"}
    again = made(dynamo_stores, 1)
    assert dynamo_stores.players.rename(again, "ada").username == "ada"


def test_erased_ban_stays_with_the_telegram_account(dynamo_stores: DynamoStores) -> None:
    eve = made(dynamo_stores, 1)
    dynamo_stores.players.change(eve.id, standing=ModerationStatus.BANNED, standing_at_ms=1, reasons=["bot"])
    erasing = dynamo_stores.erasures.begin(eve.id, dynamo_stores.clock())
    assert erasing is not None
    with pytest.raises(Forbidden):
        dynamo_stores.players.by_telegram_id(1)
    old, new = "the key of the game", "its next key, after a rotation"
    dynamo_stores.erasures.finish(erasing, dynamo_stores.clock(), ban_mark(1, old))
    assert dynamo_stores.players.by_telegram_id(1) is None
    with pytest.raises(Forbidden):
        dynamo_stores.players.create(account(1), ban_marks(1, [new, old]))
    assert dynamo_stores.players.create(account(2), ban_marks(2, [new, old]))
    assert set(dynamo_stores.tables.bind(PlayerItem).get(eve.id).attribute_values) == {
        "id",
        "v",
        "created_at_ms",
        "erased_at_ms",
    }


def test_account_whose_erasure_has_begun_is_neither_there_nor_free(dynamo_stores: DynamoStores) -> None:
    ada = made(dynamo_stores, 1)
    assert dynamo_stores.erasures.begin(ada.id, 5_000)
    assert dynamo_stores.erasures.begin(ada.id, 9_000)
    with pytest.raises(StoreUnavailable) as refused:
        dynamo_stores.players.by_telegram_id(1)
    assert refused.value.code == "erasing"
    assert dynamo_stores.players.by_ref_code(ada.ref_code) is None
    assert not dynamo_stores.players.create(account(1))
    assert dynamo_stores.erasures.due(4_999, 10) == []
    assert dynamo_stores.erasures.due(5_000, 10) == [ada.id]
    erasing = dynamo_stores.erasures.read(ada.id)
    assert erasing is not None
    dynamo_stores.erasures.finish(erasing, 9_000)
    assert dynamo_stores.erasures.due(9_000, 10) == []
    assert dynamo_stores.erasures.read(ada.id) is None


def test_old_names_are_let_go_of_even_long_after_their_grace_time(dynamo_stores: DynamoStores) -> None:
    ada = dynamo_stores.players.rename(dynamo_stores.players.rename(made(dynamo_stores, 1), "ada"), "countess")
    dynamo_stores.late_s = names.RENAME_GRACE_S + 1
    dynamo_stores.players.rename(ada, "enchantress")
    assert "name#ada" not in {item.key for item in dynamo_stores.tables.bind(UniqueItem).scan()}
    assert dynamo_stores.players.rename(made(dynamo_stores, 2), "ada").username == "ada"


def test_old_name_that_is_anothers_by_now_is_left_to_them(dynamo_stores: DynamoStores) -> None:
    ada = dynamo_stores.players.rename(dynamo_stores.players.rename(made(dynamo_stores, 1), "ada"), "countess")
    dynamo_stores.late_s = names.RENAME_GRACE_S + 1
    bob = dynamo_stores.players.rename(made(dynamo_stores, 2), "ada")
    dynamo_stores.players.rename(ada, "enchantress")
    erasing = dynamo_stores.erasures.begin(ada.id, dynamo_stores.clock())
    assert erasing is not None
    dynamo_stores.erasures.finish(erasing, dynamo_stores.clock())
    found = dynamo_stores.players.by_username("ada")
    assert found is not None
    assert found.id == bob.id


def test_no_read_scans(dynamo_stores: DynamoStores, calls: list[str]) -> None:
    ada = dynamo_stores.players.rename(made(dynamo_stores, 1), "ada")
    dynamo_stores.players.get(ada.id)
    dynamo_stores.players.by_username("ada")
    dynamo_stores.players.by_ref_code(ada.ref_code)
    dynamo_stores.players.by_telegram_id(1)
    dynamo_stores.index.search("ada")
    dynamo_stores.index.search("ada", by="username")
    dynamo_stores.index.newest()
    dynamo_stores.index.invited_by(ada.id, after=None, limit=10)
    dynamo_stores.index.with_status(ModerationStatus.BANNED)
    assert "Query" in calls
    assert "Scan" not in calls
