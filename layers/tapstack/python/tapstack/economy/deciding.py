"""The economy's one decision: what a command does to what a player has. Pure: no store, no clock, no dice of its own.

The API, the bot, operators, tests and the simulator all call `decide`. It raises a GameError and has then done
nothing, or returns an Outcome, which one transaction writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, singledispatch
from typing import Any

import msgspec

from tapstack.economy import claiming, commands, raiding, sharing, staking
from tapstack.economy.catalogue.model import PIECES_AT_ONCE, UNIQUE, Boost, Catalogue, Crate, Currency, Metric, Weapon
from tapstack.economy.commands import AnyCommand
from tapstack.economy.draft import ACTIONS, ESCROW, MOVED_AT_ONCE, Draft
from tapstack.economy.model import COIN, Bonus, Holdings, Outcome, SharedStock
from tapstack.economy.rules import causes, draws, income, journal, pieces, shops
from tapstack.platform.errors import BadRequest, Conflict, Forbidden, NotFound

MAX_BONUSES = 5
"""Boosts and the weapon at once: a wallet stays below 1 KB."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Where chance comes from: a key that nobody outside knows."""

    key: bytes

    def draws(self, holdings: Holdings) -> draws.Draws:
        """The numbers of the player's next nonce."""
        wallet = holdings.wallet
        seed = draws.server_seed(self.key, holdings.player_id, wallet.epoch)
        return draws.Draws(seed, wallet.client_seed, wallet.nonce)


def decide(
    holdings: Holdings, catalogue: Catalogue, command: AnyCommand, cause: str, now_ms: int, chance: Chance
) -> Outcome:
    """What a command does, for a cause that happens once; taps and mail are settled before it.

    Raises BadRequest, Forbidden, NotFound or Conflict.
    """
    draft, result = decided(holdings, catalogue, command, cause, now_ms, chance)
    by, why = (command.by, command.why) if isinstance(command, commands.Grant) else ("", "")
    params = journal.hash_of(command) if command.__struct_fields__ else _hash_of_plain(command)
    return draft.outcome(commands.kind_of(command), result, params, by, why)


def decided(
    holdings: Holdings, catalogue: Catalogue, command: AnyCommand, cause: str, now_ms: int, chance: Chance
) -> tuple[Draft, dict[str, Any]]:
    """What a command does, before it is put into words for the ledger: the finished draft, and its answer.

    All there is to `decide` but the entry, its hashes and what it says has changed.
    """
    draft = settled(holdings, catalogue, cause, now_ms, PIECES_AT_ONCE if type(command) in GIVING else FEW)
    result = _rule_for(type(command))(command, draft, chance)
    draft.finish()
    return draft, result


def settled(holdings: Holdings, catalogue: Catalogue, cause: str, now_ms: int, goods: int = 0) -> Draft:
    """What every command begins with: all that is due is in, and nothing else has happened.

    So many changes of `goods` are left to the command.
    """
    draft = Draft(holdings, catalogue, cause, now_ms)
    if draft.had_escrow:
        draft.unpack()
        draft.rate()
    settle_taps(draft)
    claiming.turn(draft)
    if holdings.inviter is not None:
        claiming.refer(draft)
    if holdings.mails:
        take_mail(draft, ACTIONS - 2 * MOVED_AT_ONCE - draft.given() - goods)
    return draft


@cache
def _rule_for(kind: type[AnyCommand]) -> Callable[[AnyCommand, Draft, Chance], dict[str, Any]]:
    """What `_apply` dispatches to, found once for each kind."""
    return _apply.dispatch(kind)


@cache
def _hash_of_plain(command: AnyCommand) -> str:
    """The hash of a command that says nothing but its kind: those are the most."""
    return journal.hash_of(command)


def settle_taps(draft: Draft) -> None:
    """Mints the coins for the paid taps since the last command."""
    wallet, paid_taps = draft.wallet, draft.holdings.paid_taps
    if paid_taps <= wallet.settled:
        return
    minted = income.tap_coins(wallet, paid_taps, draft.catalogue.money)
    new_taps = paid_taps - wallet.settled
    draft.set(settled=paid_taps, tap_carry=minted.carry, bonuses=income.running(wallet.bonuses, paid_taps))
    draft.earn("mint:taps", COIN, minted.coins)
    draft.count("taps", new_taps)


GIVING = frozenset({commands.Buy, commands.Open, commands.Grant, commands.Claim, commands.CheckIn})
FEW = 4
"""Commands that may change up to PIECES_AT_ONCE goods; the others change a few."""


def take_mail(draft: Draft, actions: int) -> None:
    """Takes in what others' commands have sent, as far as so many actions of the transaction allow.

    Mail with goods that this catalogue does not know waits for one that does: a rollback must not stop a player.
    """
    for mail in draft.holdings.mails:
        needed = draft.actions_for(mail.goods)
        if needed is None or needed >= actions:
            continue
        actions -= needed + 1
        draft.collected += (mail,)
        draft.lost += mail.loss
        draft.earn(mail.account, Currency.COIN, mail.coin)
        draft.earn(mail.account, Currency.GEM, mail.gem)
        draft.set(awarded_xp=draft.wallet.awarded_xp + mail.xp)
        for item_id, count in mail.goods.items():
            draft.give(draft.item(item_id), count)
        if mail.cause.startswith(causes.REFERRAL):
            draft.reach(Metric.FRIENDS)


@singledispatch
def _apply(command: Any, draft: Draft, chance: Chance) -> dict[str, Any]:  # noqa: ARG001
    """Does what a command asks for; returns what its entry keeps of it as the answer."""
    raise AssertionError(f"no rule for {type(command).__name__}")


@_apply.register
def _(_: commands.Settle, draft: Draft, __: Chance) -> dict[str, Any]:
    return {"coins": draft.wallet.coin - draft.holdings.wallet.coin}


@_apply.register
def _(_: commands.Collect, draft: Draft, __: Chance) -> dict[str, Any]:
    coins = draft.collect()
    draft.reach(Metric.COLLECTED, int(coins > 0))
    return {"coins": coins}


@_apply.register
def _(command: commands.Buy, draft: Draft, chance: Chance) -> dict[str, Any]:
    offer = _offer(draft, command.offer, chance)
    if command.price != offer.price:
        raise Conflict("the price has changed", code="price_changed", price=offer.price)
    if not draft.catalogue.reaches(draft.wallet.xp, offer.tier):
        raise Forbidden("this is for a higher tier", code="tier_too_low", tier=offer.tier)
    item = draft.item(offer.item)
    count = offer.count * command.count
    if min(draft.room(), PIECES_AT_ONCE) < (count if isinstance(item, UNIQUE) else item.id not in draft.stacks):
        raise Conflict("your bag is full", code="bag_full")
    draft.pay("sink:shop", offer.currency, offer.price * command.count)
    ids = draft.give(item, count)
    draft.count("bought", command.count)
    if offer.stock:
        draft.stock = SharedStock(command.offer, command.count, offer.stock, offer.until_ms)
    return {"item": item.id, "count": count, "paid": offer.price * command.count, **({"ids": ids} if ids else {})}


def _offer(draft: Draft, offer_id: str, chance: Chance) -> shops.Shown:
    shown = shops.find(draft.catalogue, chance.key, draft.holdings.player_id, draft.now_ms, offer_id)
    if shown is None:
        raise NotFound("this offer is not there, or not any more", code="unknown_offer")
    return shown


@_apply.register
def _(command: commands.Sell, draft: Draft, _: Chance) -> dict[str, Any]:
    _one_of(command.item, command.instance)
    if command.instance:
        instance, item = draft.instance(command.instance)
        if instance.id in draft.wallet.equipped.values():
            raise Conflict("take it off first", code="equipped")
        coins = pieces.resale(instance, item, draft.wallet.settled)
        draft.drop(instance)
    else:
        item = draft.item(command.item)
        coins = item.sell * command.count
        draft.take(item, command.count)
    if not item.sell:
        raise Conflict("nobody buys this", code="not_sellable")
    draft.earn("mint:sales", Currency.COIN, coins)
    draft.count("sold", command.count)
    return {"item": item.id, "coins": coins}


@_apply.register
def _(command: commands.Use, draft: Draft, _: Chance) -> dict[str, Any]:
    item = draft.item(command.item)
    if not isinstance(item, Boost):
        raise Conflict("this can't be used up", code="not_usable")
    if len(draft.wallet.bonuses) >= MAX_BONUSES:
        raise Conflict(f"at most {MAX_BONUSES} boosts at once", code="too_many_boosts")
    draft.take(item, 1)
    start = draft.wallet.settled
    bonus = Bonus(item.id, start, start + item.taps, item.permille)
    draft.set(bonuses=(*draft.wallet.bonuses, bonus))
    draft.reach(Metric.USED)
    return {"item": item.id, "taps": item.taps, "permille": item.permille}


@_apply.register
def _(command: commands.Equip, draft: Draft, _: Chance) -> dict[str, Any]:
    _one_of(command.item, command.instance)
    if command.instance:
        instance, item = draft.instance(command.instance)
        key = instance.id
    else:
        item = draft.item(command.item)
        key = item.id
        if isinstance(item, UNIQUE) or not draft.stacks.get(key):
            raise NotFound("you have no such item", code="unknown_instance")
    slot = pieces.slot_of(item)
    if not slot:
        raise Conflict("this can't be worn", code="not_wearable")
    worn = draft.wallet.equipped.get(slot, "")
    if command.off and worn != key:
        raise Conflict("you are not wearing it", code="not_equipped")
    if not command.off and worn == key:
        raise Conflict("you are wearing it", code="equipped")
    _take_off(draft, slot)
    if not command.off:
        _put_on(draft, slot, key)
    draft.rate()
    return {"slot": slot, "item": "" if command.off else item.id}


def _take_off(draft: Draft, slot: str) -> None:
    equipped, at = dict(draft.wallet.equipped), draft.wallet.settled
    key = equipped.pop(slot, "")
    instance = draft.instances.get(key)
    if instance is not None:
        draft.put(pieces.taken_off(instance, draft.catalogue.item(instance.item), at))
    draft.set(equipped=equipped, bonuses=tuple(one for one in draft.wallet.bonuses if one.source != key))


def _put_on(draft: Draft, slot: str, key: str) -> None:
    at, instance = draft.wallet.settled, draft.instances.get(key)
    draft.set(equipped={**draft.wallet.equipped, slot: key})
    if instance is None:
        return
    item = draft.item(instance.item)
    draft.put(pieces.put_on(instance, at))
    if isinstance(item, Weapon):
        left = pieces.lasts(item) - pieces.worn(instance, item, at)
        if left > 0 and item.tap_permille:
            draft.set(bonuses=(*draft.wallet.bonuses, Bonus(key, at, at + left, item.tap_permille)))


@_apply.register
def _(command: commands.Repair, draft: Draft, _: Chance) -> dict[str, Any]:
    instance, item = draft.instance(command.instance)
    price = pieces.repair_price(instance, item, draft.wallet.settled)
    if not price:
        raise Conflict("it is as good as new", code="not_worn")
    draft.pay("sink:repair", Currency.COIN, price)
    slot = pieces.slot_of(item)
    is_worn = draft.wallet.equipped.get(slot) == instance.id
    if is_worn:
        _take_off(draft, slot)
    draft.put(msgspec.structs.replace(draft.instances[instance.id], worn=0))
    if is_worn:
        _put_on(draft, slot, instance.id)
    draft.reach(Metric.REPAIRED)
    return {"item": item.id, "paid": price}


@_apply.register
def _(command: commands.Open, draft: Draft, chance: Chance) -> dict[str, Any]:
    crate = draft.item(command.crate)
    if not isinstance(crate, Crate):
        raise Conflict("this is not a crate", code="not_a_crate")
    if draft.waiting() >= ESCROW:
        raise Conflict("your bag is full", code="bag_full")
    draft.take(crate, command.count)
    numbers, nonce = chance.draws(draft.holdings), draft.wallet.nonce
    before = misses = draft.wallet.pity.get(crate.id, 0)
    got: list[tuple[str, str, int]] = []
    for _ in range(command.count):
        drop, misses = draws.open_crate(draft.catalogue, crate, misses, numbers)
        if drop.currency is not None:
            draft.earn("mint:crates", drop.currency, drop.count)
        else:
            draft.give(draft.item(drop.item), drop.count)
        got.append((drop.item, str(drop.currency or ""), drop.count))
    draft.set(nonce=nonce + 1, pity={**draft.wallet.pity, crate.id: misses} if crate.pity else draft.wallet.pity)
    draft.count("crates", command.count)
    drawn = {"epoch": draft.wallet.epoch, "nonce": nonce, "seed": draft.wallet.client_seed, "misses": before}
    return {"crate": crate.id, **drawn, "drops": got}


@_apply.register
def _(command: commands.Reseed, draft: Draft, chance: Chance) -> dict[str, Any]:
    epoch = draft.wallet.epoch
    revealed = draws.server_seed(chance.key, draft.holdings.player_id, epoch)
    coming = draws.server_seed(chance.key, draft.holdings.player_id, epoch + 1)
    draft.set(epoch=epoch + 1, nonce=0, client_seed=command.client_seed)
    return {"seed": revealed, "hash": draws.seed_hash(revealed), "next_hash": draws.seed_hash(coming)}


@_apply.register
def _(command: commands.Claim, draft: Draft, chance: Chance) -> dict[str, Any]:
    return claiming.claim(draft, command, chance.key)


@_apply.register
def _(command: commands.Reroll, draft: Draft, chance: Chance) -> dict[str, Any]:
    return claiming.reroll(draft, command, chance.key)


@_apply.register
def _(_: commands.CheckIn, draft: Draft, __: Chance) -> dict[str, Any]:
    return claiming.check_in(draft)


@_apply.register
def _(command: commands.SetZone, draft: Draft, _: Chance) -> dict[str, Any]:
    return claiming.set_zone(draft, command)


@_apply.register
def _(command: commands.Grant, draft: Draft, _: Chance) -> dict[str, Any]:
    for currency in Currency:
        amount = command.amount(currency)
        if amount < 0:
            draft.pay(command.account, currency, -amount)
        else:
            draft.earn(command.account, currency, amount)
    draft.set(awarded_xp=draft.wallet.awarded_xp + command.xp)
    for item_id, count in command.goods.items():
        draft.give(draft.item(item_id), count)
    return {"coins": command.coin, "gems": command.gem, "xp": command.xp, "goods": command.goods}


@_apply.register
def _(_: commands.Cheer, draft: Draft, __: Chance) -> dict[str, Any]:
    draft.count("cheers", 1)
    return {}


@_apply.register
def _(command: commands.Found, draft: Draft, _: Chance) -> dict[str, Any]:
    price = draft.catalogue.factions.price
    if command.price != price:
        raise Conflict("the price has changed", code="price_changed", price=price)
    draft.pay("sink:crews", Currency.COIN, price)
    return {"faction": command.faction, "paid": price}


@_apply.register
def _(command: commands.Donate, draft: Draft, _: Chance) -> dict[str, Any]:
    draft.pay("escrow:crews", Currency.COIN, command.coin)
    return {"faction": command.faction, "coins": command.coin}


@_apply.register
def _(_: commands.Raid, draft: Draft, __: Chance) -> dict[str, Any]:
    return raiding.raid(draft)


@_apply.register
def _(command: commands.Stake, draft: Draft, _: Chance) -> dict[str, Any]:
    return staking.stake(draft, command)


@_apply.register
def _(command: commands.Unstake, draft: Draft, _: Chance) -> dict[str, Any]:
    return staking.unstake(draft, command)


@_apply.register
def _(command: commands.Share, draft: Draft, _: Chance) -> dict[str, Any]:
    return sharing.share(draft, command)


@_apply.register
def _(_: commands.Close, draft: Draft, __: Chance) -> dict[str, Any]:
    draft.lost = 0  # revenue that nobody collects was never minted
    for currency in Currency:
        draft.pay("sink:erased", currency, draft.wallet.balance(currency))
    return {}


def _one_of(item: str, instance: str) -> None:
    if bool(item) == bool(instance):
        raise BadRequest("name an item or an instance", code="validation_failed", field="item")
