"""The economy's decision: sums, refusals, and that neither order nor repetition creates anything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.economy import CHANCE, EconomyPlayer, catalogue, changed, size_of
from tapstack.economy import commands
from tapstack.economy.catalogue.model import Currency
from tapstack.economy.model import PLAYER, Goals, Mail, Wallet
from tapstack.economy.rules import causes, journal, shops
from tapstack.platform.errors import GameError

HOUR_MS = 3_600_000


def refused(player: EconomyPlayer, command: commands.AnyCommand) -> str:
    """The code that a command is refused with; nothing has changed then."""
    before = player.holdings
    with pytest.raises(GameError) as error:
        player.do(command)
    assert player.holdings == before
    return error.value.code


def test_paid_taps_become_coins_once() -> None:
    player = EconomyPlayer()
    player.tap(250)
    assert player.do(commands.Settle()).entry.result == {"coins": 250}
    assert player.do(commands.Settle()).entry.result == {"coins": 0}
    assert player.holdings.wallet.coin == player.holdings.wallet.xp == 250


def test_after_a_loss_of_redis_nothing_is_minted_until_the_clients_are_back_beyond_what_was_settled() -> None:
    player = EconomyPlayer()
    player.tap(500)
    player.do(commands.Settle())
    for paid_taps, coins in ((-400, 500), (100, 500), (350, 550)):
        player.tap(paid_taps)
        player.do(commands.Settle())
        assert player.holdings.wallet.coin == coins


def test_what_is_bought_is_there_and_paid() -> None:
    player = EconomyPlayer().rich(coin=1_000)
    bought = player.do(commands.Buy(offer="always.wooden_spoon", price=400))
    assert player.holdings.wallet.coin == 600
    assert player.holdings.instances[bought.entry.result["ids"][0]].item == "wooden_spoon"
    player.do(commands.Buy(offer="always.paper_bag", price=180, count=3))
    assert player.holdings.wallet.coin == 60
    assert player.holdings.stacks == {"paper_bag": 3}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (commands.Buy(offer="always.nothing", price=1), "unknown_offer"),
        (commands.Buy(offer="always.wooden_spoon", price=399), "price_changed"),
        (commands.Buy(offer="always.wooden_spoon", price=400, count=3), "not_enough"),
        (commands.Buy(offer="always.shipyard", price=120_000), "tier_too_low"),
        (commands.Buy(offer="always.gem_gold", price=90), "not_enough"),
        (commands.Sell(item="nothing"), "unknown_item"),
        (commands.Sell(item="espresso"), "not_enough_items"),
        (commands.Sell(instance="foreign"), "unknown_instance"),
        (commands.Sell(), "validation_failed"),
        (commands.Use(item="espresso"), "not_enough_items"),
        (commands.Use(item="paper_bag"), "not_usable"),
        (commands.Open(crate="paper_bag"), "not_enough_items"),
        (commands.Open(crate="espresso"), "not_a_crate"),
        (commands.Equip(item="title_fox"), "unknown_instance"),
        (commands.Equip(item="wooden_spoon"), "unknown_instance"),
        (commands.Repair(instance="foreign"), "unknown_instance"),
    ],
)
def test_refusals_say_why_and_change_nothing(command: commands.AnyCommand, code: str) -> None:
    player = EconomyPlayer()
    player.tap(1_000)
    player.do(commands.Settle())
    assert refused(player, command) == code


def test_a_bag_that_is_full_takes_no_more_and_sale_makes_room() -> None:
    player = EconomyPlayer().rich()
    for _ in range(catalogue().money.bag):
        player.do(commands.Buy(offer="always.wooden_spoon", price=400))
    assert refused(player, commands.Buy(offer="always.wooden_spoon", price=400)) == "bag_full"
    player.do(commands.Grant(account="mint:tests", goods={"golden_finger": 1}))
    waiting = player.owned("golden_finger")
    assert refused(player, commands.Equip(instance=waiting)) == "in_escrow"
    player.do(commands.Sell(instance=player.owned("wooden_spoon")))
    player.do(commands.Equip(instance=waiting))


def test_what_waits_for_room_too_long_is_lost() -> None:
    player = EconomyPlayer().rich()
    player.do(commands.Grant(account="mint:tests", goods={"wooden_spoon": catalogue().money.bag + 1}))
    player.now_ms += catalogue().money.escrow_h * HOUR_MS
    player.do(commands.Settle())
    assert len(player.holdings.instances) == catalogue().money.bag


def test_a_boost_counts_for_its_taps_whenever_they_are_settled() -> None:
    coins = []
    for steps in ([3_000], [1] * 10 + [990, 500, 1_490, 10], [1_000, 2_000]):
        player = EconomyPlayer()
        player.do(commands.Grant(account="mint:tests", goods={"espresso": 1}))
        player.do(commands.Use(item="espresso"))
        for taps in steps:
            player.tap(taps)
            player.do(commands.Settle())
        coins.append(player.holdings.wallet.coin)
    assert coins == [3_200] * 3


def test_a_weapon_adds_until_it_is_worn_out_and_again_after_a_repair() -> None:
    player = EconomyPlayer().rich(coin=100_000)
    player.do(commands.Grant(account="mint:tests", goods={"wooden_spoon": 1}))
    spoon = player.owned("wooden_spoon")
    player.do(commands.Equip(instance=spoon))
    start = player.holdings.wallet.coin
    player.tap(30_000)
    player.do(commands.Settle())
    assert player.holdings.wallet.coin - start == 30_000 + 20 * 20
    assert player.do(commands.Repair(instance=spoon)).entry.result["paid"] == 20 * 12
    player.tap(1_000)
    assert player.do(commands.Settle()).entry.result == {"coins": 1_020}
    assert refused(player, commands.Sell(instance=spoon)) == "equipped"
    player.do(commands.Equip(instance=spoon, off=True))
    assert player.do(commands.Sell(instance=spoon)).entry.result["coins"] == 120 * 19 // 20


def test_revenue_piles_up_for_its_hours_and_is_collected_once() -> None:
    player = EconomyPlayer().rich()
    player.do(commands.Buy(offer="always.lemonade_stand", price=1_000))
    player.now_ms += 2 * HOUR_MS
    assert player.do(commands.Collect()).entry.result == {"coins": 2 * (20 - 7)}
    assert player.do(commands.Collect()).entry.result == {"coins": 0}
    player.now_ms += 100 * HOUR_MS
    assert player.do(commands.Collect()).entry.result == {"coins": 8 * (20 - 7)}


def test_a_second_business_earns_from_when_it_was_bought() -> None:
    player = EconomyPlayer().rich()
    player.do(commands.Buy(offer="always.lemonade_stand", price=1_000))
    player.now_ms += 4 * HOUR_MS
    before = player.holdings.wallet.coin
    player.do(commands.Buy(offer="always.shoe_shine", price=1_800))
    assert player.holdings.wallet.coin == before - 1_800 + 4 * 13
    player.now_ms += HOUR_MS
    assert player.do(commands.Collect()).entry.result == {"coins": 13 + 19}


def test_mail_is_taken_in_by_the_next_command() -> None:
    player = EconomyPlayer()
    player.get(Mail(cause="m1", account="mint:gift", coin=7, xp=3, goods={"espresso": 2}))
    done = player.do(commands.Settle())
    assert [mail.cause for mail in done.collected] == ["m1"]
    assert (player.holdings.wallet.coin, player.holdings.wallet.xp) == (7, 3)
    assert player.holdings.stacks == {"espresso": 2}


def test_mail_that_names_what_a_rolled_back_catalogue_does_not_know_waits_and_stops_nothing() -> None:
    player = EconomyPlayer()
    player.get(
        Mail(cause="m1", account="mint:gift", coin=7, goods={"of_the_next_version": 1}),
        Mail(cause="m2", account="mint:gift", coin=5),
    )
    assert [mail.cause for mail in player.do(commands.Settle()).collected] == ["m2"]
    assert [mail.cause for mail in player.holdings.mails] == ["m1"]
    assert player.holdings.wallet.coin == 5


def test_a_worn_piece_that_a_rolled_back_catalogue_does_not_know_can_be_taken_off() -> None:
    player = EconomyPlayer().rich()
    player.do(commands.Grant(account="mint:tests", goods={"golden_finger": 1, "wooden_spoon": 1}))
    unknown, spoon = player.owned("golden_finger"), player.owned("wooden_spoon")
    player.do(commands.Equip(instance=unknown))
    player.tap(500)
    player.by = changed(lambda data: data.update(items=[one for one in data["items"] if one["id"] != "golden_finger"]))
    player.do(commands.Equip(instance=spoon))
    assert player.holdings.wallet.equipped == {"weapon": spoon}
    player.by = catalogue()
    player.do(commands.Equip(instance=unknown))
    player.do(commands.Equip(instance=unknown, off=True))
    assert player.holdings.instances[unknown].worn == 500


# -- a transaction has at most 100 actions, which EconomyPlayer checks --


def test_however_much_in_escrow_is_lost_at_once_the_wallet_can_still_be_used() -> None:
    player = EconomyPlayer().rich()
    for _ in range(4):
        player.do(commands.Grant(account="mint:tests", goods={"wooden_spoon": 50}))
    player.now_ms += catalogue().money.escrow_h * HOUR_MS
    for _ in range(20):
        player.do(commands.Settle())
    assert len(player.holdings.instances) == catalogue().money.bag


def test_however_much_room_a_new_catalogue_gives_the_bag_fills_command_by_command() -> None:
    player = EconomyPlayer().rich()
    for _ in range(4):
        player.do(commands.Grant(account="mint:tests", goods={"wooden_spoon": 50}))
    player.by = changed(lambda data: data["money"].update(bag=500))
    player.do(commands.Grant(account="mint:tests", goods={"wooden_spoon": 50}))
    for _ in range(20):
        player.do(commands.Settle())
    assert not any(one.escrow_until_ms for one in player.holdings.instances.values())


def test_nobody_buys_more_pieces_at_once_than_a_transaction_holds() -> None:
    player = EconomyPlayer().rich()
    player.by = changed(lambda data: data["money"].update(bag=500))
    assert refused(player, commands.Buy(offer="always.wooden_spoon", price=400, count=100)) == "bag_full"
    player.do(commands.Buy(offer="always.wooden_spoon", price=400, count=50))


def test_much_mail_is_taken_in_over_several_commands_also_beside_a_large_purchase() -> None:
    player = EconomyPlayer().rich()
    goods = {"espresso": 500, "wooden_spoon": 3}
    player.get(*(Mail(cause=f"m{number}", account="mint:gift", coin=1, goods=goods) for number in range(50)))
    player.by = changed(lambda data: data["money"].update(bag=500))
    player.do(commands.Buy(offer="always.wooden_spoon", price=400, count=50))
    for _ in range(20):
        player.do(commands.Settle())
    assert player.holdings.mails == ()
    assert player.holdings.stacks["espresso"] == 50 * 500


def test_who_has_much_in_escrow_opens_no_more_crates() -> None:
    player = EconomyPlayer().rich()
    player.do(commands.Grant(account="mint:tests", goods={"tool_box": 20}))
    for _ in range(2):
        player.do(commands.Grant(account="mint:tests", goods={"wooden_spoon": 50}))
    assert refused(player, commands.Open(crate="tool_box")) == "bag_full"


def test_crates_give_what_their_odds_say_and_draw_anew_each_time() -> None:
    player = EconomyPlayer().rich()
    player.do(commands.Buy(offer="always.paper_bag", price=180, count=20))
    first = player.do(commands.Open(crate="paper_bag", count=10)).entry.result
    again = player.do(commands.Open(crate="paper_bag", count=10)).entry.result
    assert len(first["drops"]) == len(again["drops"]) == 10
    assert (first["nonce"], again["nonce"]) == (0, 1)
    assert first["drops"] != again["drops"]


def test_pity_comes_at_the_latest() -> None:
    player = EconomyPlayer().rich(coin=10**8)
    misses = 0
    for _ in range(400):
        if not player.holdings.stacks.get("tool_box"):
            player.do(commands.Grant(account="mint:tests", goods={"tool_box": 100}))
        drop = player.do(commands.Open(crate="tool_box")).entry.result["drops"][0][0]
        misses = 0 if drop in {"gold_dust", "tuning_fork"} else misses + 1
        assert misses <= 20
        for piece in list(player.holdings.instances):
            player.do(commands.Sell(instance=piece))


def offers(player: EconomyPlayer) -> list[shops.Shown]:
    return shops.offers(catalogue(), CHANCE.key, player.holdings.player_id, player.now_ms)


def any_command(player: EconomyPlayer, pick: Any) -> commands.AnyCommand:
    """Something that the player may try now."""
    stacks, owned = sorted(player.holdings.stacks), sorted(player.holdings.instances)
    kind = pick(["settle", "collect", "buy", "buy", "open", "use", "equip", "off", "sell", "repair", "reseed", "goal"])
    if kind == "buy":
        offer = pick(offers(player))
        return commands.Buy(offer=offer.id, price=offer.price, count=pick([1, 1, 2, 5]))
    if kind in {"open", "use"} and stacks:
        name = pick(stacks)
        return commands.Open(crate=name, count=pick([1, 3])) if kind == "open" else commands.Use(item=name)
    if kind in {"equip", "off", "sell", "repair"} and (stacks or owned):
        key = pick([*stacks, *owned])
        names: dict[str, str] = {"instance": key} if key in owned else {"item": key}
        if kind == "sell":
            return commands.Sell(**names)  # type: ignore[arg-type]
        if kind == "repair" and key in owned:
            return commands.Repair(instance=key)
        return commands.Equip(**names, off=kind == "off")
    if kind == "goal":
        achieved = [causes.achievement(one.id, pick([1, 2, 3])) for one in catalogue().achievements]
        steps = [causes.step(one.id, pick([1, 2, 3])) for one in catalogue().seasons]
        claims = [commands.Claim(cause=cause) for cause in (*achieved, *steps)]
        return pick([commands.CheckIn(), commands.SetZone(zone="Asia/Tokyo"), *claims])  # type: ignore[no-any-return]
    if kind == "reseed":
        return commands.Reseed(client_seed=pick(["", "mine"]))
    return commands.Collect() if kind == "collect" else commands.Settle()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_a_player_does_every_sum_is_zero_and_the_journal_gives_all_back(data: st.DataObject) -> None:
    player = EconomyPlayer().rich(coin=data.draw(st.integers(0, 300_000)), xp=data.draw(st.sampled_from([0, 10**6])))

    def pick(choices: list[Any]) -> Any:
        return data.draw(st.sampled_from(choices))

    for _ in range(data.draw(st.integers(1, 25))):
        player.tap(data.draw(st.sampled_from([0, 1, 700, 5_000])))
        player.now_ms += data.draw(st.sampled_from([0, 1_000, 5 * HOUR_MS, 80 * HOUR_MS, -1_000]))
        try:
            player.do(any_command(player, pick))
        except GameError:
            continue
        wallet = player.holdings.wallet
        assert min(wallet.coin, wallet.gem, wallet.settled, *player.holdings.stacks.values(), 0) >= 0
        assert wallet.settled <= player.holdings.paid_taps
        assert size_of(wallet) <= 1_024
    wallet, replayed, goals = player.holdings.wallet, Wallet(), Goals()
    assert wallet.coin + sum(amount for name, amount in wallet.flows.items() if "/" not in name) == 0
    assert wallet.gem + sum(amount for name, amount in wallet.flows.items() if name.endswith("/gem")) == 0
    assert journal.breaks(player.entries) == []
    for entry in player.entries:
        replayed, goals = journal.replay(replayed, entry), journal.replay_goals(goals, entry)
    assert (replayed, goals) == (wallet, player.holdings.goals)


def test_an_altered_entry_breaks_the_chain() -> None:
    player = EconomyPlayer().rich(coin=1_000)
    player.do(commands.Buy(offer="always.wooden_spoon", price=400))
    player.do(commands.Settle())
    entries = player.entries
    legs = tuple(
        type(leg)(leg.account, Currency.COIN, leg.amount * 2) if leg.account == PLAYER else leg
        for leg in entries[1].legs
    )
    import msgspec

    forged = [entries[0], msgspec.structs.replace(entries[1], legs=legs), entries[2]]
    assert len(journal.breaks(forged)) == 2
    assert len(journal.breaks([entries[0], entries[2]])) == 2
