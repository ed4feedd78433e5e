"""The economy over HTTP and real stores: what taps earn, what it buys, and every bad input."""

from __future__ import annotations

from typing import Any, cast

import pytest
from support.calls import assert_refused
from support.economy import op_at
from support.economy_players import give, give_taps
from support.game import Answer, Game, Player
from support.racing import ManualClock
from tapstack.economy.commands import Close
from tapstack.economy.deciding import decide
from tapstack.economy.erasing import erase
from tapstack.economy.model import Wallet
from tapstack.economy.performing import whole
from tapstack.economy.rules import draws, journal
from tapstack.economy.rules.draws import Draws, open_crate
from tapstack.leaderboards.board_cache import BoardCache
from tapstack.players.model import Shown
from tapstack.players.redis_kept_accounts import NAME
from tapstack.privacy.erasure import SETTLED_MS, request
from tapstack.privacy.export import export

DAY_MS = 86_400_000


@pytest.fixture
def ada(timed_game: Game) -> Player:
    return timed_game.sign_in(1)


def post(player: Player, path: str, op: str | None = None, **body: Any) -> Answer:
    stores = player.game.stores
    stores.redis.delete(*stores.redis.keys("*limit*") or ["none"])  # a test is quicker than people may be
    given = {"op": op or op_at(stores.clock()), **body}
    return player.game.call("economy", "POST", path, given, headers=player.headers)


def done(answer: Answer) -> Any:
    assert answer.status == 200, answer
    return answer.body


def get(player: Player, path: str, **options: Any) -> Any:
    return done(player.game.call("economy", "GET", path, headers=player.headers, **options))


def test_taps_become_coins_and_coins_a_spoon_once(ada: Player) -> None:
    stores = ada.game.stores
    give_taps(stores, ada.id, 400)
    seen = get(ada, "/economy")
    assert (seen["balances"]["coin"], seen["pending"], seen["xp"], seen["tier"]["id"]) == (0, 400, 400, "rookie")
    assert seen["tier"]["next"]["missing"] == 1_600
    op = op_at(stores.clock())
    settled = done(post(ada, "/economy/settle", op))
    assert settled["settled"] == 400
    assert done(post(ada, "/economy/settle", op)) == settled
    assert done(post(ada, "/economy/settle"))["settled"] == 0
    op = op_at(stores.clock())
    first = done(post(ada, "/shop/buy", op, offer="always.wooden_spoon", price=400))
    assert done(post(ada, "/shop/buy", op, offer="always.wooden_spoon", price=400)) == first
    assert first["balances"] == {"coin": 0, "gem": 0}
    [piece] = get(ada, "/inventory")["pieces"]
    assert (piece["id"], piece["item"]) == (first["pieces"][0], "wooden_spoon")


def test_what_was_bought_is_worn_worn_out_repaired_and_sold(ada: Player) -> None:
    stores = ada.game.stores
    give_taps(stores, ada.id, 0)
    give(stores, ada.id, coin=1_000, wooden_spoon=1, espresso=1, title_fox=1)
    [piece] = get(ada, "/inventory")["pieces"]
    assert done(post(ada, "/inventory/equip", instance=piece["id"]))["slot"] == "weapon"
    assert done(post(ada, "/inventory/equip", item="title_fox"))["slot"] == "title"
    assert done(post(ada, "/inventory/use", item="espresso"))["taps"] == 1_000
    give_taps(stores, ada.id, 3_000)
    assert get(ada, "/economy")["worn"] == {"weapon": "wooden_spoon", "title": "title_fox"}
    assert get(ada, "/inventory")["pieces"][0]["used"] == 3_000
    assert done(post(ada, "/inventory/repair", instance=piece["id"]))["paid"] == 36
    assert_refused(post(ada, "/inventory/sell", instance=piece["id"]), 409, "equipped")
    done(post(ada, "/inventory/equip", instance=piece["id"], off=True))
    assert done(post(ada, "/inventory/sell", instance=piece["id"]))["coins"] == 120
    assert done(post(ada, "/economy/collect"))["coins"] == 0
    assert get(ada, "/inventory")["pieces"] == []


def test_draw_can_be_checked_once_its_seed_is_revealed_and_its_hash_was_shown_before(ada: Player) -> None:
    stores = ada.game.stores
    give_taps(stores, ada.id, 0)
    give(stores, ada.id, paper_bag=3)
    shown = get(ada, "/economy")["draws"]["server_seed_hash"]
    op = op_at(stores.clock())
    opened = done(post(ada, "/crates/open", op, crate="paper_bag", count=3))
    assert get(ada, "/chance/proofs/{entry}", places={"entry": op})["server_seed"] is None
    assert done(post(ada, "/chance/seed", client_seed="mine"))["server_seed_hash"] == shown
    proof = get(ada, "/chance/proofs/{entry}", places={"entry": op})
    assert draws.seed_hash(proof["server_seed"]) == shown == proof["server_seed_hash"]
    catalogue = stores.catalogues.version(proof["catalogue"])
    crate = next(item for item in catalogue.items if item.id == "paper_bag")
    numbers, misses = Draws(proof["server_seed"], proof["client_seed"], proof["nonce"]), proof["misses"]
    again = []
    for _ in range(3):
        drop, misses = open_crate(catalogue, crate, misses, numbers)
        again.append({"item": drop.item or None, "currency": drop.currency, "count": drop.count})
    assert again == proof["drops"] == opened["drops"]


def test_ledger_tells_everything_page_by_page(ada: Player) -> None:
    stores = ada.game.stores
    give_taps(stores, ada.id, 0)
    give(stores, ada.id, coin=1_000)
    for _ in range(4):
        done(post(ada, "/shop/buy", offer="always.mint_tea", price=90))
    first = get(ada, "/ledger", query={"limit": "3"})
    last = get(ada, "/ledger", query={"limit": "3", "cursor": first["cursor"]})
    lines = first["entries"] + last["entries"]
    assert [line["seq"] for line in lines] == [5, 4, 3, 2, 1]
    assert [line["balances"]["coin"] for line in lines] == [640, 730, 820, 910, 1_000]
    assert lines[0]["changes"] == [{"account": "sink:shop", "currency": "coin", "amount": -90}]
    assert (lines[0]["goods"], lines[0]["item"]) == ({"mint_tea": 1}, "mint_tea")
    assert (lines[-1]["op"], lines[-1]["item"], last["cursor"]) == (None, None, None)


TEA: dict[str, Any] = {"offer": "always.mint_tea", "price": 90}


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/shop/buy", {**TEA, "offer": "always.nothing"}, 404, "unknown_offer"),
        ("/shop/buy", {**TEA, "offer": "black_market.comet.1"}, 404, "unknown_offer"),
        ("/shop/buy", {**TEA, "price": 89}, 409, "price_changed"),
        ("/shop/buy", {"offer": "always.lunch_box", "price": 400}, 409, "not_enough"),
        ("/shop/buy", {"offer": "always.shipyard", "price": 120_000}, 403, "tier_too_low"),
        *[("/shop/buy", {**TEA, "count": n}, 400, "validation_failed") for n in (0, -1, 2**53 + 1, 1.5, "1", None)],
        *[("/shop/buy", {**TEA, "price": n}, 400, "validation_failed") for n in (0, -90, 2**53 + 1)],
        ("/shop/buy", {"price": 90}, 400, "validation_failed"),
        ("/shop/buy", {**TEA, "op": "1"}, 400, "validation_failed"),
        ("/shop/buy", {**TEA, "op": "6fa459ea-ee8a-4ca4-894e-db77e160355e"}, 400, "validation_failed"),
        ("/inventory/sell", {"instance": "another-s"}, 404, "unknown_instance"),
        ("/inventory/sell", {"item": "mint_tea", "count": 5}, 409, "not_enough_items"),
        ("/inventory/sell", {}, 400, "validation_failed"),
        ("/inventory/use", {"item": "nothing"}, 404, "unknown_item"),
        ("/inventory/repair", {"instance": "another-s"}, 404, "unknown_instance"),
        ("/crates/open", {"crate": "paper_bag", "count": 11}, 400, "validation_failed"),
        ("/crates/open", {"crate": "paper_bag"}, 409, "not_enough_items"),
        ("/chance/seed", {"client_seed": "a b"}, 400, "validation_failed"),
    ],
)
def test_bad_input_is_refused_with_a_code_and_changes_nothing(
    ada: Player, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    stores = ada.game.stores
    give_taps(stores, ada.id, 0)
    give(stores, ada.id, coin=300, mint_tea=1)
    before = get(ada, "/inventory"), get(ada, "/economy")["balances"]
    assert_refused(post(ada, path, **body), status, code)
    assert (get(ada, "/inventory"), get(ada, "/economy")["balances"]) == before


def test_pieces_of_another_player_are_not_there(ada: Player) -> None:
    bob = ada.game.sign_in(2)
    give(ada.game.stores, bob.id, wooden_spoon=1)
    [piece] = get(bob, "/inventory")["pieces"]
    for path in ("/inventory/sell", "/inventory/equip", "/inventory/repair"):
        assert_refused(post(ada, path, instance=piece["id"]), 404, "unknown_instance")


def test_full_bag_is_not_filled_further(ada: Player) -> None:
    give(ada.game.stores, ada.id, coin=10_000, wooden_spoon=50)
    assert get(ada, "/inventory")["room"] == 0
    assert_refused(post(ada, "/shop/buy", **TEA), 409, "bag_full")


def test_op_names_one_thing_for_a_day(ada: Player, clock: ManualClock) -> None:
    give(ada.game.stores, ada.id, coin=1_000)
    op = op_at(clock())
    done(post(ada, "/shop/buy", op, **TEA))
    assert_refused(post(ada, "/shop/buy", op, **TEA, count=2), 409, "op_reused")
    assert_refused(post(ada, "/economy/settle", op), 409, "op_reused")
    assert_refused(post(ada, "/shop/buy", op_at(clock() - DAY_MS - 1), **TEA), 409, "op_expired")
    answer = post(ada, "/shop/buy", op_at(clock() + 600_000), **TEA)
    assert_refused(answer, 409, "op_expired")
    assert answer.body["error"]["data"] == {"now_ms": clock()}
    assert get(ada, "/economy")["balances"]["coin"] == 910


def test_who_is_gone_or_banned_has_no_wallet(ada: Player) -> None:
    stores = ada.game.stores
    stores.redis.flushdb()
    assert get(ada, "/economy")["balances"]["coin"] == 0
    stores.players.set_status(ada.id, "banned", (), stores.clock())
    assert_refused(post(ada, "/economy/settle"), 403, "banned")


def test_commands_are_limited_together(timed_game: Game) -> None:
    ada = timed_game.sign_in(1)
    answers = [
        timed_game.call("economy", "POST", path, {"op": op_at(timed_game.stores.clock())}, headers=ada.headers).status
        for path in ["/economy/settle", "/economy/collect"] * 6
    ]
    assert answers == [200] * 10 + [429] * 2


def test_erased_player_has_nothing_and_the_ledger_still_adds_up(ada: Player, clock: ManualClock) -> None:
    stores = ada.game.stores
    give_taps(stores, ada.id, 700)
    give(stores, ada.id, coin=1_000, wooden_spoon=1, espresso=3)
    done(post(ada, "/shop/buy", **TEA))
    seen = export(stores, ada.id)["economy"]
    assert (seen["balances"]["coin"], seen["stacks"]["espresso"], len(seen["ledger"])) == (1_610, 3, 2)
    request(stores, ada.id, "player")
    clock.now_ms += SETTLED_MS
    for _ in range(2):
        ada.game.run("maintenance")
    assert whole(stores, ada.id).holdings.wallet == Wallet()
    entries = sorted(stores.wallets.entries(ada.id), key=lambda entry: entry.seq)
    assert (entries[-1].kind, entries[-1].after.coin) == ("close", 0)
    assert journal.breaks(entries) == []
    assert_refused(post(ada, "/economy/settle"), 404, "player_unknown")


def test_erasure_that_was_cut_short_between_closing_and_deleting_is_finished(ada: Player) -> None:
    stores = ada.game.stores
    give(stores, ada.id, coin=1_000, wooden_spoon=1)
    read = whole(stores, ada.id)
    outcome = decide(read.holdings, stores.catalogues.current(), Close(), "erased", stores.clock(), stores.chance)
    stores.wallets.write(read, outcome, {})
    for _ in range(2):
        erase(stores, ada.id)
    assert len(list(stores.wallets.entries(ada.id))) == 2
    assert whole(stores, ada.id).holdings.instances == {}


def test_worn_title_stands_on_the_leaderboard_also_where_writing_it_was_cut_short(ada: Player) -> None:
    stores, game = ada.game.stores, ada.game
    ada.tap(5)
    give(stores, ada.id, coin=1_000, title_fox=1, title_lucky=1)

    def shown() -> str | None:
        stores.redis.delete("board:all", "board:lease", *stores.redis.keys("*refresh*"))
        stores.board_cache = BoardCache()
        game.functions.pop("leaderboard", None)
        [row] = done(game.call("leaderboard", "GET", "/leaderboard"))["entries"]
        return cast("str | None", row.get("title"))

    assert shown() is None
    done(post(ada, "/inventory/equip", item="title_fox"))
    assert shown() == "title_fox"
    real = stores.players.show_title
    stores.players.show_title = lambda *_: None  # the process ends between the commit and this
    done(post(ada, "/inventory/equip", item="title_lucky"))
    stores.players.show_title = real
    assert shown() == "title_fox"
    done(post(ada, "/shop/buy", **TEA))
    assert shown() == "title_lucky"
    stores.players.show_title(ada.id, "title_fox", 1)  # late
    assert shown() == "title_lucky"
    done(post(ada, "/inventory/equip", item="title_lucky", off=True))
    assert shown() is None


def test_what_is_kept_of_a_name_goes_with_another_title(ada: Player) -> None:
    stores = ada.game.stores
    give(stores, ada.id, coin=1_000, title_fox=1)
    stores.kept_accounts.keep_shown({ada.id: Shown("ada")})
    assert stores.redis.get(NAME + ada.id)
    done(post(ada, "/inventory/equip", item="title_fox"))
    assert not stores.redis.get(NAME + ada.id)


def test_colours_and_frames_stand_on_the_leaderboard_and_on_the_profile(ada: Player) -> None:
    stores, game = ada.game.stores, ada.game
    ada.tap(5)
    give(stores, ada.id, coin=1_000, colour_mint=1, frame_rope=1, button_moon=1)
    for item in ("frame_rope", "button_moon", "colour_mint"):
        done(post(ada, "/inventory/equip", item=item))
    [row] = done(game.call("leaderboard", "GET", "/leaderboard"))["entries"]
    assert (row["looks"], row.get("title")) == ("colour_mint frame_rope", None)
    assert done(game.call("players", "GET", "/players/me", headers=ada.headers))["looks"] == "colour_mint frame_rope"
