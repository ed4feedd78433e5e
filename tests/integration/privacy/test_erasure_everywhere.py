"""A player who has lived a rich life in the game is erased: no store knows any of their strings any more."""

from __future__ import annotations

import itertools
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from support.chat import BotGame
from support.game import Player
from support.identity import init_data
from support.traces import traces
from tapstack.admin import adjustments
from tapstack.audit.recording import record
from tapstack.broadcasts import driving as broadcasts
from tapstack.broadcasts.model import Audience, Content
from tapstack.inbox.model import Kind, Notice
from tapstack.leaderboards import all_time
from tapstack.leaderboards import periods as period_boards
from tapstack.leaderboards.model import ArchivedBoard, Fame
from tapstack.league import keeping
from tapstack.league.reading import LeagueReader
from tapstack.moderation import status as moderation
from tapstack.moderation import whitelist
from tapstack.platform.calendar import Period
from tapstack.platform.clock import system_clock
from tapstack.platform.errors import Forbidden
from tapstack.play import sessions
from tapstack.play.chat_taps import chat_session
from tapstack.players import accounts
from tapstack.players.model import ModerationStatus
from tapstack.players.redis_kept_accounts import NAME
from tapstack.players.rules.identity import session_key
from tapstack.privacy import erasure
from tapstack.telegram import conversations
from tapstack.telegram.init_data import TelegramUser
from telegram_local.testing import Person

_ids = itertools.count(8_300_000_001)
LATER_MS = erasure.SETTLED_MS + 1_000


@dataclass
class Life:
    """A person, their player, and every string that the game has got to know of them."""

    person: Person
    player: Player
    strings: set[str] = field(default_factory=set)


def by(deadline_s: float, what: str, probe: Callable[[], bool]) -> None:
    end = time.monotonic() + deadline_s
    while not probe():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def rich_life(bot: BotGame) -> Life:
    stores, game = bot.stores, bot.game
    zoe = bot.telegram.user(next(_ids), first_name="Zoe")
    inviter = game.sign_in(zoe.id, first_name="Zoe")
    zoe.start()
    zoe.wait_for_text("Your taps")
    ada = bot.telegram.user(next(_ids), first_name="Augusta", last_name="Byronovna", username="augusta_byron")
    ada.start(f"ref_{inviter.opened['player']['ref_code']}")
    ada.wait_for_text("What should the leaderboard call you?")
    zoe.wait_for_text("has joined through your link")
    names = [f"countess_{n}" for n in "abcde"]
    ada.send(names[0])
    home = ada.wait_for_text(f"Nice to meet you, {names[0]}!")
    ada.send("petunias, said Augusta")
    home = ada.wait_for(lambda m: "I did not get that" in m.text)

    phone = game.sign_in(ada.id, first_name="Augusta")
    game.call("sessions", "DELETE", "/sessions/current", headers=phone.headers)
    desktop = game.sign_in(ada.id, str(uuid.uuid4()), "Augusta")
    desktop.tap(40)
    for name in names[1:]:
        accounts.rename(stores, desktop.id, name)
    ada.press(home, "Tap").toast()
    group = bot.telegram.group(zoe, "Ladies", ada)
    ada.press(ada.wait_for_text("Hello, everybody!", chat=group.id), "+1", chat=group.id).toast()
    game.run("sync")
    assert set(stores.groups.get(group.id).own) == {desktop.id}
    game.run("cleanup")

    bob = bot.telegram.user(next(_ids), first_name="Bob")
    game.sign_in(bob.id, start_param=f"ref_{desktop.opened['player']['ref_code']}")
    stores.redis.delete("board:all", "board:lease")
    all_time.current(stores)
    for period in Period:
        period_boards.current(stores, period)
    bob.start()
    board = bob.wait_for(lambda m: names[-1] in m.text)
    bob.press(board, "Leaderboard").toast()
    bob.wait_for(lambda m: "Leaderboard" in m.text and names[-1] in m.text)

    adjustments.adjust(stores, desktop.id, 7, operator="grace", reason=f"asked by Augusta, {ada.id}")
    record(stores, desktop.id, "rename", "grace", "Byronovna wants it", old=names[0], new=names[1])
    moderation.set_status(stores, desktop.id, ModerationStatus.SUSPECT, ["as Augusta said"])
    whitelist.set_whitelisted(stores, [desktop.id], True)
    news = broadcasts.start(
        stores,
        Content({"en": "news"}, {}),
        audience=Audience("players", players=(desktop.id,)),
        pace=20,
        operator="grace",
    )
    broadcasts.drive(stores, news)
    ada.wait_for_text("news")
    halted = broadcasts.start(stores, Content({"en": "halted"}, {}), audience=Audience(), pace=20, operator="grace")
    halted.cursor = str(ada.id)
    assert stores.broadcasts.save(halted)
    stores.broadcasts.stop(halted.id)

    boards_of_others_and_hers(bot, desktop)
    by(30, "the sender has nothing left", lambda: not stores.redis.hlen("{outbox}:calls"))
    strings = {
        *(str(ada.id), "Augusta", "Byronovna", "augusta_byron", *names, "petunias", "as Augusta said"),
        desktop.opened["player"]["ref_code"],
        *(session_key(s) for s in (phone.session_id, desktop.session_id)),
        chat_session(desktop.id),
    }
    return Life(ada, desktop, strings)


def boards_of_others_and_hers(bot: BotGame, player: Player) -> None:
    stores = bot.stores
    stores.archive.put(ArchivedBoard(Period.DAY, "2026-01-01", 1, [(player.id, 40)], 1))
    stores.archive.put_fame(Period.DAY, Fame([(player.id, 40, "2026-01-01")]))
    stores.live_moderation.sample([player.id], 5, 300)
    stores.redis.delete(NAME + player.id)  # as it is some seconds after the last change
    stores.kept_accounts.keep_shown(stores.players.shown([player.id]))
    stores.inbox.add(player.id, Notice(Kind.MILESTONE, "100", stores.clock(), {"count": 100}))
    keeping.keep(stores)
    LeagueReader().view(stores, player.id)
    session = session_key(player.session_id)
    stores.sync_queue.dead_letter(player.id, "too large", {"clicks": 40, f"session {session}": [40, 1, 0]})
    stores.sync_queue.dead_letter("0" * 16, "somebody else's", {})


def leave_calls_waiting(bot: BotGame, life: Life) -> None:
    """What waits, is on its way, or has failed for good when the player is erased."""
    stores, chat_id = bot.stores, life.person.id
    bot.stopping.set()
    by(30, "the sender has stopped", lambda: not stores.redis.hget("{outbox}:gate", "sender"))

    def call(text: str, message_id: int = 0) -> dict[str, object]:
        kind = {"method": "editMessageText", "message_id": message_id} if message_id else {"method": "sendMessage"}
        return {**kind, "chat_id": chat_id, "text": f"Augusta, {text}"}

    stores.outbox.put_edit(call("edited", 7))
    stores.outbox.put_later(call("later", 8), 60_000)
    stores.outbox.put_once("greeting", call("once"))
    stores.outbox.put_named("broadcast:x", call("named"))
    toast = {"method": "answerCallbackQuery", "callback_query_id": "4711", "text": "Augusta"}
    stores.outbox.put_once("9:toast", toast, limited=False, chat_id=chat_id)
    taken, _ = stores.outbox.take("a test")
    assert taken
    stores.outbox.ack(taken[0], sent=True)


@pytest.mark.parametrize("banned", [False, True], ids=["good", "banned"])
def test_no_store_knows_a_string_of_an_erased_player(bot: BotGame, banned: bool) -> None:
    life, stores = rich_life(bot), bot.stores
    if banned:
        moderation.set_status(stores, life.player.id, ModerationStatus.BANNED, ["Augusta cheats"])
    leave_calls_waiting(bot, life)
    known = traces(stores, life.strings)
    assert len(known) > len(life.strings) - 4, sorted(life.strings - known.keys())

    answer = bot.game.call(
        *("sessions", "DELETE", "/players/me"),
        {"init_data": init_data(life.person.id, "Augusta")},
        headers=life.player.headers,
    )
    assert answer.status == 202
    assert life.player.tap(50).status == 404
    stores.clock = lambda: system_clock() + LATER_MS
    assert bot.game.run("maintenance")["erased"] == 1

    assert traces(stores, life.strings) == {}
    kept = {where.split(" ")[0] for where in traces(stores, [life.player.id])[life.player.id]}
    in_others = {"chats", "messages"}  # a leaderboard that somebody else was shown
    assert kept <= {"redis", "players", "boards", "audit", "broadcasts", "uniques", *in_others}
    assert ("uniques" in kept) == banned
    in_redis = {w for w in traces(stores, [life.player.id])[life.player.id] if w.startswith("redis")}
    told = {where for where in in_redis if where.startswith("redis {outbox}:once:")}  # that the inviter was thanked
    assert {key.rpartition(":")[2] for key in in_redis - told} <= {"erased", life.player.id}, in_redis
    if banned:
        with pytest.raises(Forbidden):
            sessions.find_or_create(stores, TelegramUser(life.person.id))
    else:
        again = bot.game.sign_in(life.person.id)
        assert again.id != life.player.id
        assert again.opened["player"]["clicks"] == 0


def test_conversation_that_is_being_held_is_waited_for(bot: BotGame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "RETRIES", 1)
    player, stores = bot.game.sign_in(next(_ids)), bot.stores
    assert erasure.request(stores, player.id, "grace")
    stores.clock = lambda: system_clock() + LATER_MS
    with conversations.conversation_lock(stores, player.user_id):
        assert erasure.finish_due(stores) == 0
    assert erasure.finish_due(stores) == 1
    assert erasure.finish_due(stores) == 0


def test_dead_letters_that_somebody_looks_at_are_waited_for(bot: BotGame) -> None:
    player, stores = bot.game.sign_in(next(_ids)), bot.stores
    stores.sync_queue.dead_letter(player.id, "too large", {"clicks": 40})
    url = stores.settings.play.sync_dead_letter_queue_url
    assert erasure.request(stores, player.id, "grace")
    stores.clock = lambda: system_clock() + LATER_MS
    sqs = stores.sync_queue.client
    (looked_at,) = sqs.receive_message(QueueUrl=url, VisibilityTimeout=600)["Messages"]
    assert bot.game.run("maintenance")["erased"] is None
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=looked_at["ReceiptHandle"], VisibilityTimeout=0)
    assert bot.game.run("maintenance")["erased"] == 1
    assert traces(stores, [f'"player_id":"{player.id}"']) == {}
