"""The economy in the chat: what somebody sees who taps their way through it, and what no press can do."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from support.calls import OPERATION, send
from support.fakes.ports import MemoryGame
from tapstack.economy.catalogue.built_in import built_in
from tapstack.economy.model import Instance, Wallet
from tapstack.economy.operations import UUID7
from tapstack.economy.rules import ops, shops
from tapstack.economy.scenes.shop import LETTERS
from tapstack.goals.scenes.quests import mission_name
from tapstack.platform.clock import system_clock

ADA = 5
OPERATION_OF_THE_BOT = OPERATION["telegramUpdate"]


@dataclass
class Chatter:
    """Ada, who writes to the bot and presses its buttons."""

    game: MemoryGame
    language: str = "en"
    shown: dict[str, Any] = field(default_factory=dict)
    updates: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def write(self, text: str, **chat: Any) -> str:
        message = {"message_id": 1, "date": 1_800_000_000, "chat": {"id": ADA, "type": "private", **chat}, "text": text}
        return self._update({"message": {**message, "from": self._me()}})

    def press(self, label: str) -> str:
        """Presses the first button that has a text."""
        data = self.data(label)
        return self.press_data(data)

    def press_data(self, data: str) -> str:
        message = {"message_id": 9, "date": 1_800_000_000, "chat": {"id": ADA, "type": "private"}}
        query = {"id": "1", "from": self._me(), "chat_instance": "1", "message": message, "data": data}
        return self._update({"callback_query": query})

    def data(self, label: str) -> str:
        found = [one for one in self.buttons if label in one["text"]]
        assert found, (label, [one["text"] for one in self.buttons])
        return str(found[0]["callback_data"])

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for row in self.shown["reply_markup"]["inline_keyboard"] for button in row]

    @property
    def wallet(self) -> Wallet:
        player = self.game.stores.players.by_telegram_id(ADA)
        assert player
        return self.game.stores.wallets.held[player.id].wallet

    def _me(self) -> dict[str, Any]:
        return {"id": ADA, "is_bot": False, "first_name": "Ada", "language_code": self.language}

    def _update(self, body: dict[str, Any]) -> str:
        game, number = self.game, next(self.updates)
        game.stores.outbox.calls.clear()
        headers = {"X-Telegram-Bot-Api-Secret-Token": game.stores.settings.telegram.webhook_secret}
        answer = send(game, OPERATION_OF_THE_BOT, {"update_id": number, **body}, headers)
        assert answer.status == 200, answer
        calls = [answer.body, *game.stores.outbox.calls.values()]
        screens = [call for call in calls if call.get("method") in ("sendMessage", "editMessageText")]
        assert screens, calls
        self.shown = screens[-1]
        return str(self.shown["text"])


@pytest.fixture
def ada(game: MemoryGame) -> Chatter:
    chatter = Chatter(game)
    chatter.write("/wallet")
    return chatter


def test_who_taps_can_spend_it_and_sees_it_in_the_history(ada: Chatter) -> None:
    ada.game.sign_in(ADA).tap(250)
    assert "100,250" in ada.write("/wallet")
    ada.press("Shop")
    ada.press("Tools")
    assert "+2% coins for paid taps while in hand" in ada.press("Wooden Spoon · 400")
    assert "Bought: 🥄 Wooden Spoon for 400 🪙" in ada.press("Buy for 400")
    ada.write("/wallet")
    lines = ada.press("History").splitlines()
    assert lines[2:] == ["Bought · 🥄 Wooden Spoon: −150 🪙 → 99,850 🪙"]


def test_what_a_business_has_brought_is_collected(ada: Chatter) -> None:
    ada.press("Shop")
    ada.press("Businesses")
    ada.press("Lemonade Stand · 1,000")
    ada.press("Buy for 1,000")
    ada.write("/wallet")
    assert not [one for one in ada.buttons if "Collect" in one["text"]]
    ada.game.stores.clock = lambda: system_clock() + 3 * 3_600_000
    ada.write("/wallet")
    assert "Collected: 39 🪙" in ada.press("Collect 39")
    assert "99,039" in ada.write("/wallet")


def test_what_is_owned_is_worn_repaired_taken_off_used_and_sold(ada: Chatter) -> None:
    ada.write("/bag")
    assert "0 of 20,000 taps left" in ada.press("Wooden Spoon")
    assert "You are wearing it now" in ada.press("Put on")
    assert not [one for one in ada.buttons if "Sell" in one["text"]]
    assert "As good as new, for 240 🪙" in ada.press("Repair for 240")
    assert "Taken off" in ada.press("Take off")
    assert "Sell 🥄 Wooden Spoon for 120 🪙?" in ada.press("Sell for 120")
    assert "Sold for 120 🪙" in ada.press("Yes, sell")
    assert not [one for one in ada.buttons if "Spoon" in one["text"]]
    ada.press("Espresso ×1000")
    assert "It works for 1,000 paid taps" in ada.press("Use")
    assert "Espresso ×999" in ada.shown["text"]
    ada.write("/wallet")
    assert "Espresso: +20% for 1,000 more taps" in ada.shown["text"]


def test_odds_stand_before_the_button_and_a_proof_after_it(ada: Chatter) -> None:
    ada.write("/crates")
    look = ada.press("Paper Bag")
    assert "30% · 60 🪙" in look
    assert "20% · ⚡️ Mint Tea" in look
    hash_shown = look.partition("<code>")[2].partition("…")[0]
    opened = ada.press("Open 10")
    assert len(opened.partition("\n\n")[2].partition("\n\n")[0].splitlines()) == 10
    proof = ada.press("Proof")
    assert f"<code>{hash_shown}" in proof
    assert "draw 0" in proof
    assert "revealed once" in proof
    assert ada.wallet.nonce == 1


def test_pity_is_shown_as_what_is_left_of_it(ada: Chatter) -> None:
    ada.write("/shop")
    ada.press("📦 Crates")
    ada.press("Wardrobe")
    ada.press("Buy for 2,500")
    ada.write("/crates")
    assert "After 40 more openings without one, the next is sure to be 🟡 legendary." in ada.press("Wardrobe")


@pytest.mark.parametrize("press", ["Buy for 400", "Open one", "Use"])
def test_a_button_pressed_again_does_nothing_more(ada: Chatter, press: str) -> None:
    way = {"Buy for 400": ("/shop", "Tools", "Wooden"), "Open one": ("/crates", "Paper"), "Use": ("/bag", "Espresso")}
    command, *labels = way[press]
    ada.write(command)
    for label in labels:
        ada.press(label)
    data = ada.data(press)
    first = ada.press_data(data)
    after = ada.wallet
    second = ada.press_data(data)
    assert ada.wallet == after
    assert first.splitlines()[0] == second.splitlines()[0]


def offered(ada: Chatter, item: str) -> str:
    """The button that buys an offer, from the screen of it."""
    ada.press_data(f"shop:offer:a{item}")
    return ada.data("Buy for")


def test_who_has_too_little_or_a_full_bag_reads_why_on_the_same_screen(ada: Chatter) -> None:
    ada.write("/wallet")
    text = ada.press_data(offered(ada, "gem_gold"))
    assert text.startswith("⚠️ Not enough 💎: you have 0 of 90.")
    assert "Golden Name" in text
    assert "That is for Magnate and higher." in ada.press_data(offered(ada, "tower_penthouse"))
    player = ada.game.stores.players.by_telegram_id(ADA)
    assert player
    held = ada.game.stores.wallets.held[player.id]
    held.instances = {str(n): Instance(id=str(n), item="tent", got_at_ms=1) for n in range(47)}
    assert "Your bag is full" in ada.press_data(offered(ada, "wooden_spoon"))
    ada.write("/bag")
    assert "50 of 50 places" in ada.shown["text"]
    ada.press("▶️")
    assert "◀️" in [one["text"] for one in ada.buttons]


def test_a_stale_price_buys_nothing_and_shows_the_new_one(ada: Chatter) -> None:
    ada.write("/wallet")
    before = ada.wallet
    stale = offered(ada, "wooden_spoon").replace(":190:", ":18f:")
    text = ada.press_data(stale)
    assert text.startswith("⚠️ The price has changed: it is 400 🪙 now.")
    assert ada.wallet == before
    assert "Bought" in ada.press("Buy for 400")


def test_an_old_button_does_nothing_and_brings_a_new_one(ada: Chatter) -> None:
    stamped = offered(ada, "wooden_spoon")
    long_ago = f"{ada.game.stores.clock() - 86_400_001:x}"
    before = ada.wallet
    text = ada.press_data(":".join([*stamped.split(":")[:2], long_ago, *stamped.split(":")[3:]]))
    assert text.startswith("⚠️ That button was too old.")
    assert ada.wallet == before


@pytest.mark.parametrize(
    "data",
    [
        "shop:b", "shop:b:::", "shop:b:zz:190:awooden_spoon", "shop:b:0:190:awooden_spoon", "shop:b:1:-1:a",
        "shop:b:1:1:x.y", "shop:offer", "shop:offer:zz", "shop:shelf:nothing", "shop:shelf",
        "shop:b:fffffffffff:190:awooden_spoon", "bag:open:-1", "bag:open:0", "bag:open:99999999", "bag:open:²",
        "bag:item", "bag:item:pnobody", "bag:sell:pnobody", "bag:sold:1:pnobody", "bag:use:1:spaper_bag",
        "bag:on:1:", "bag:repair:x:pspoon", "bag:off:1:pspoon", "bag:use:1:pspoon", "crates:look:espresso",
        "crates:look", "crates:go", "crates:go:1:0:paper_bag", "crates:go:1:11:paper_bag",
        "crates:go:1:-1:paper_bag", "crates:go:1:²:paper_bag", "crates:proof", "crates:proof:nothing",
        "wallet:collect",
    ],
)  # fmt: skip
def test_data_that_no_button_of_ours_carries_changes_nothing(ada: Chatter, data: str) -> None:
    before = ada.wallet
    assert ada.press_data(data)
    assert ada.wallet == before


def test_nobody_opens_more_crates_at_once_than_the_button_offers(ada: Chatter) -> None:
    """The player has a thousand; clients of their own can send whatever they like."""
    ada.press_data("crates:look:paper_bag")
    data, before = ada.data("10"), ada.wallet
    for count in ("0011", "11", "1000", "00000000010"):
        ada.press_data(data.replace(":10:", f":{count}:"))
        assert ada.wallet == before


def test_a_button_never_needs_more_than_telegram_carries() -> None:
    """64 bytes, for the longest ids, the highest price and the latest time that there can be."""
    latest, long_id, piece = f"{2**43:x}", "x" * 32, "x" * 40
    for data in (
        f"shop:b:{latest}:{10**12:x}:a{long_id}",
        f"crates:go:{latest}:10:{long_id}",
        f"bag:repair:{latest}:p{piece}",
        f"crates:proof:{'x' * 36}",
    ):
        assert len(data.encode()) <= 64, data


def test_every_shop_has_a_letter() -> None:
    assert set(LETTERS.values()) == set(shops.SHOPS)


def test_every_offer_and_every_crate_can_be_looked_at_in_russian(game: MemoryGame) -> None:
    ada = Chatter(game, language="ru")
    ada.write("/shop")
    for shelf in [one["callback_data"] for one in ada.buttons if ":shelf:" in one["callback_data"]]:
        ada.press_data(shelf)
        for offer in [one["callback_data"] for one in ada.buttons if ":offer:" in one["callback_data"]]:
            text = ada.press_data(offer)
            assert "Купить за" in ada.buttons[0]["text"]
            assert len(text) < 4_096


def test_shopping_in_a_group_is_politely_sent_home(game: MemoryGame) -> None:
    ada = Chatter(game)
    text = ada.write("/wallet", id=-5, type="group", title="g")
    assert "private" in text
    assert ada.shown["reply_markup"]["inline_keyboard"][0][0]["url"].startswith("https://t.me/")
    assert game.stores.players.by_telegram_id(ADA) is None


def test_op_of_a_button_is_a_uuid_of_its_time() -> None:
    op = ops.made_for(1_790_000_000_000, "ada buys")
    assert ops.made_at_ms(op) == 1_790_000_000_000
    assert re.fullmatch(UUID7, op)
    assert op == ops.made_for(1_790_000_000_000, "ada buys") != ops.made_for(1_790_000_000_000, "ada sells")


# -- quests --


def test_quests_are_claimed_and_checked_in_by_buttons(ada: Chatter) -> None:
    ada.game.sign_in(ADA).tap(100)
    shown = ada.write("/quests")
    assert "Streak: <b>0</b> days" in shown
    assert len([line for line in shown.splitlines() if line.startswith(("▫️", "🎁"))]) == 7
    assert "Claimed: 50 🪙, 20 XP" in ada.press("Warm Fingers")
    assert not [one for one in ada.buttons if "Warm Fingers" in one["text"]]
    assert "Checked in: 1 day in a row. 30 🪙, 10 XP" in ada.press("Check in: day 1")
    assert not [one for one in ada.buttons if "Check in: day" in one["text"]]
    assert ada.wallet.coin == 100_000 + 100 + 50 + 30


def test_quests_say_why_nothing_was_claimed(ada: Chatter) -> None:
    ada.write("/quests")
    before = ada.wallet
    for data, why in (
        ("quests:claim:c#ach#taps#3", "there is something left to do"),
        ("quests:claim:c#mis#2026-01-01#day_taps", "That time is over"),
        ("quests:claim:c#ach#nothing#1", "nothing to claim"),
        ("quests:claim", "nothing to claim"),
        ("quests:claim:c#lea#2026-W01", "That time is over"),
        (f"quests:checkin:{ada.game.stores.clock():x}", "Tap once first"),
        ("quests:checkin:1", "too old"),
        ("quests:checkin:zz", "too old"),
    ):
        assert why in ada.press_data(data), data
    assert ada.wallet == before


def test_one_mission_a_day_is_swapped_by_a_button_and_paid_once(ada: Chatter) -> None:
    before, shown = ada.wallet.coin, ada.write("/quests")
    ada.press("Swap a mission · 100")
    choice = [one for one in ada.buttons if one["callback_data"].startswith("quests:reroll:")]
    assert len(choice) == 6
    assert [one for one in choice if one["text"].removeprefix("🔁 ") in shown] == choice
    gone = choice[0]
    assert "Swapped, for 100 🪙." in ada.press_data(gone["callback_data"])
    assert ada.wallet.coin == before - 100
    assert not [one for one in ada.buttons if "Swap" in one["text"]]
    assert "Swapped, for 100 🪙." in ada.press_data(gone["callback_data"])  # delivered twice
    assert "You can swap one mission a day" in ada.press_data(choice[1]["callback_data"])
    assert "nothing to claim" in ada.press_data("quests:reroll:forged")
    assert "There is nothing to swap now" in ada.press_data("quests:swap")
    assert ada.wallet.coin == before - 100


@pytest.mark.parametrize(
    ("language", "target", "name"),
    [
        ("en", 1, "Curious: look into 1 crate"),
        ("en", 2, "Curious: look into 2 crates"),
        ("ru", 1, "Любопытство: заглянуть в 1 ящик"),
        ("ru", 3, "Любопытство: заглянуть в 3 ящика"),
        ("ru", 5, "Любопытство: заглянуть в 5 ящиков"),
    ],
)
def test_name_of_a_mission_has_the_plural_form_of_what_it_takes(language: str, target: int, name: str) -> None:
    mission = built_in().missions_by_id["day_curious"]
    assert mission_name(mission, target, language) == name


def test_quests_speak_russian(game: MemoryGame) -> None:
    chatter = Chatter(game, language="ru")
    game.sign_in(ADA).tap(3)
    assert "Серия: <b>0</b> дней" in chatter.write("/quests")
    assert "Есть отметка: 1 день подряд" in chatter.press("Отметиться: день 1")
