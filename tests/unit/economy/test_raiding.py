"""Raids: nobody loses what they have collected, nobody gains by raiding themselves, and nobody is raided too often."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.economy import CHANCE, START_MS, EconomyPlayer, catalogue, changed
from support.economy_faults import assert_sound
from tapstack.economy import commands
from tapstack.economy.catalogue.model import Raids
from tapstack.economy.deciding import decide
from tapstack.economy.model import Holdings, RaidBook, RaidLine, Target, Wallet
from tapstack.economy.rules import raids
from tapstack.platform.errors import GameError

HOUR_MS = 3_600_000
RULES = catalogue().raids


def player(name: str, *, taps: int = 1_000) -> EconomyPlayer:
    found = EconomyPlayer(Holdings(name, Wallet()))
    found.tap(taps)
    return found.rich(coin=100_000)


def with_business(name: str, hours: int = 8) -> EconomyPlayer:
    """Somebody whose arcade (110 an hour, 48 of them upkeep) has earned for so many hours."""
    found = player(name)
    found.do(commands.Grant(account="mint:tests", goods={"arcade": 1}))
    found.now_ms += hours * HOUR_MS
    return found


def target_of(one: EconomyPlayer, now_ms: int, book: RaidBook | None = None, *, revenge: bool = False) -> Target:
    held, whole = one.holdings, catalogue()
    return Target(
        held.player_id,
        held.wallet.settled,
        raids.ready(held, now_ms, whole.money),
        raids.defence(held, whole),
        book or RaidBook(held.player_id),
        revenge,
    )


def raid(raider: EconomyPlayer, target: Target) -> tuple[int, int]:
    """What was taken and what has arrived; the target gets it by mail."""
    raider.have(target=target)
    result = raider.do(commands.Raid(target=target.player_id)).entry.result
    return result["taken"], result["coins"]


def refused(raider: EconomyPlayer, target: Target) -> str:
    raider.have(target=target)
    with pytest.raises(GameError) as error:
        raider.do(commands.Raid(target=target.player_id))
    return error.value.code


def outcome_of(raider: EconomyPlayer, target: Target):  # type: ignore[no-untyped-def]
    held = msgspec.structs.replace(raider.holdings, target=target)
    return decide(held, catalogue(), commands.Raid(target=target.player_id), "o#x", raider.now_ms, CHANCE)


def test_a_raid_pays_the_raider_from_the_house_and_takes_uncollected_revenue_by_mail() -> None:
    victim, raider = with_business("victim"), player("raider")
    raider.now_ms = victim.now_ms
    outcome = outcome_of(raider, target_of(victim, victim.now_ms))
    # 8 h of 62 coins are 496: a quarter of them is taken, and 600 of 1,000 arrive
    assert outcome.entry.result == {"target": "victim", "taken": 124, "coins": 74, "revenge": False, "left": 3}
    assert outcome.wallet.coin == raider.holdings.wallet.coin + 74
    assert outcome.wallet.flows["mint:raids"] == -74
    [(to, mail)] = outcome.sent
    assert (to, mail.loss, mail.coin) == ("victim", 124, 0)
    before = victim.holdings.wallet.coin
    victim.get(mail)
    assert victim.do(commands.Collect()).entry.result == {"coins": 496 - 124}
    assert victim.holdings.wallet.coin == before + 496 - 124
    assert victim.holdings.wallet.flows["sink:raids"] == 124
    assert_sound(victim.holdings.wallet, victim.entries)


def test_a_raid_never_takes_what_was_collected() -> None:
    victim, raider = with_business("victim"), player("raider")
    raider.now_ms = victim.now_ms
    [(_, mail)] = outcome_of(raider, target_of(victim, victim.now_ms)).sent
    victim.do(commands.Collect())
    have = victim.holdings.wallet.coin
    victim.get(mail)
    victim.do(commands.Settle())
    assert victim.holdings.wallet.coin == have


def test_what_one_raid_has_taken_the_next_does_not_find() -> None:
    victim, raider = with_business("victim"), player("raider")
    raider.now_ms = victim.now_ms
    first = target_of(victim, victim.now_ms)
    [(_, mail)] = outcome_of(raider, first).sent
    victim.get(mail)
    assert target_of(victim, victim.now_ms).ready == first.ready - mail.loss


def test_weapons_take_more_and_armour_keeps_more_until_they_are_worn_out() -> None:
    victim, raider = with_business("victim"), player("raider", taps=1_000)
    raider.now_ms = victim.now_ms
    even = outcome_of(raider, target_of(victim, victim.now_ms)).entry.result["taken"]
    raider.do(commands.Grant(account="mint:tests", goods={"thunder_glove": 1}))
    raider.do(commands.Equip(instance=raider.owned("thunder_glove")))
    armed = outcome_of(raider, target_of(victim, victim.now_ms)).entry.result["taken"]
    victim.do(commands.Grant(account="mint:tests", goods={"guard_goose": 1}))
    victim.do(commands.Equip(instance=victim.owned("guard_goose")))
    guarded = outcome_of(raider, target_of(victim, victim.now_ms)).entry.result["taken"]
    assert (even, armed, guarded) == (124, 155, 137)
    victim.tap(40_000)  # as long as a goose lasts
    victim.do(commands.Settle())
    assert raids.defence(victim.holdings, catalogue()) == 0


def test_a_raid_has_its_level_its_rest_and_its_number_a_day() -> None:
    victim, raider = with_business("victim"), player("raider", taps=150)
    target = target_of(victim, victim.now_ms)
    assert refused(raider, target) == "raid_level"
    raider.tap(10)  # level 5
    assert refused(raider, replace(target, paid_taps=159)) == "target_protected"
    assert refused(raider, replace(target, ready=60)) == "nothing_to_take"
    for number in range(RULES.a_day):
        raid(raider, replace(target, player_id=f"victim{number}", book=RaidBook(f"victim{number}")))
        assert refused(raider, target) == "raid_rest"
        raider.now_ms += RULES.rest_min * 60_000
    assert refused(raider, target) == "raid_rest"
    raider.now_ms += 24 * HOUR_MS
    raid(raider, target)


def test_revenge_needs_no_rest_but_counts() -> None:
    victim, raider = with_business("victim"), player("raider")
    target = target_of(victim, victim.now_ms)
    for number in range(RULES.a_day):
        found = replace(target, player_id=f"victim{number}", book=RaidBook(f"victim{number}"), is_revenge=True)
        raid(raider, found)
    assert refused(raider, replace(target, is_revenge=True)) == "raid_rest"


def test_there_are_no_raids_where_the_catalogue_has_none() -> None:
    raider, victim = player("raider"), with_business("victim")
    raider.by = changed(lambda data: data["raids"].update(a_day=0))
    assert refused(raider, target_of(victim, raider.now_ms)) == "raids_off"


@pytest.mark.parametrize(
    ("lines", "by", "hours"),
    [
        ([], "a", 0),
        ([("a", -1)], "a", 23),
        ([("b", -1)], "a", 0),
        ([("b", -20), ("c", -1)], "a", 4),
        ([("a", -25)], "a", 0),
    ],
)
def test_nobody_is_raided_more_often_than_the_rules_say(lines: list[tuple[str, int]], by: str, hours: int) -> None:
    book = RaidBook("victim", 1, tuple(RaidLine(who, START_MS + at * HOUR_MS) for who, at in lines))
    until = raids.protected_until_ms(Raids(suffered=2), book, by, START_MS)
    assert max(0, until - START_MS) == hours * HOUR_MS
    raider, victim = player("raider" if by == "x" else by), with_business("victim")
    raider.now_ms = START_MS
    target = replace(target_of(victim, victim.now_ms), book=book)
    if hours:
        assert refused(raider, target) == "target_protected"
    else:
        assert outcome_of(raider, target).changes == (raids.noted(book, by, START_MS),)


@given(
    ready=st.integers(0, 10**6),
    attack=st.integers(0, 5_000),
    defence=st.integers(0, 5_000),
    rules=st.builds(Raids, take=st.integers(1, 500), keep=st.integers(1, 900), most=st.integers(1, 10**6)),
)
def test_a_loot_is_never_more_than_there_is_and_less_arrives(
    ready: int, attack: int, defence: int, rules: Raids
) -> None:
    loot = raids.loot(rules, ready, attack, defence)
    assert 0 <= loot.taken <= min(ready, rules.most)
    assert loot.arrives * 10 <= loot.taken * 9
    assert loot.arrives <= rules.arrives


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["raid", "wait", "collect", "settle", "sell"]), st.integers(1, 30))))
def test_no_order_of_raids_and_collections_loses_or_makes_coins(steps: list[tuple[str, int]]) -> None:
    """The victim never has less than before, and both journals stay sound."""
    victim, raiders, book = with_business("victim"), 0, RaidBook("victim")
    paid = lost = 0
    for step, number in steps:
        have, now_ms = victim.holdings.wallet.coin, victim.now_ms
        match step:
            case "raid":
                raider = player(f"raider{raiders}")
                raider.now_ms, raiders = now_ms, raiders + 1
                try:
                    outcome = outcome_of(raider, target_of(victim, now_ms, book))
                except GameError:
                    continue
                book = raids.book_of("victim", outcome.changes[0].put)
                paid += outcome.entry.result["coins"]
                mail = outcome.sent[0][1]
                lost += mail.loss
                victim.get(msgspec.structs.replace(mail, cause=f"{mail.cause}{raiders}"))
            case "wait":
                victim.now_ms += number * HOUR_MS
            case "collect":
                assert victim.do(commands.Collect()).entry.result["coins"] >= 0
            case "settle":
                victim.do(commands.Settle())
            case "sell" if "arcade" in {one.item for one in victim.holdings.instances.values()}:
                victim.do(commands.Sell(instance=victim.owned("arcade")))
        assert victim.holdings.wallet.coin >= have
    victim.do(commands.Settle())
    assert not victim.holdings.mails
    assert victim.holdings.wallet.flows.get("sink:raids", 0) == lost >= paid
    assert_sound(victim.holdings.wallet, victim.entries)


def test_an_erased_victim_leaves_no_coin_behind() -> None:
    victim, raider = with_business("victim"), player("raider")
    raider.now_ms = victim.now_ms
    [(_, mail)] = outcome_of(raider, target_of(victim, victim.now_ms)).sent
    victim.get(mail)
    assert victim.do(commands.Close(), "erased").wallet.coin == 0


def test_a_ring_of_accounts_that_raid_for_one_gains_at_most_a_fifth() -> None:
    """Against what a regular player makes a day, 4 visits of 1,900 paid taps, businesses apart."""
    whole = catalogue()
    a_day = whole.raids.a_day * whole.raids.arrives
    regular = 4 * 1_900 * whole.money.coins_per_1000_taps // 1_000
    assert a_day * 5 <= regular
