"""Every scene, as a person goes through it: with one container, with a fresh one for each update, and with every
answer lost once, so that each update comes twice."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from support.chat import BotGame
from support.permissions import running
from support.waiting import wait_until
from tapstack.leaderboards import periods
from tapstack.league import keeping
from tapstack.league.reading import LeagueReader
from tapstack.league.scenes import league as league_scene
from tapstack.platform.clock import system_clock
from tapstack.privacy.erasure import SETTLED_MS
from telegram_local.testing import Message, Person

_ids = itertools.count(8_100_001)


@pytest.fixture(params=["one container", "fresh containers", "every update twice"], autouse=True)
def way(request: pytest.FixtureRequest, bot: BotGame) -> str:
    bot.fresh = request.param == "fresh containers"
    bot.twice = request.param == "every update twice"
    return str(request.param)


def person(bot: BotGame, first_name: str = "Ada", language: str = "en", username: str = "") -> Person:
    return bot.telegram.user(next(_ids), first_name=first_name, language_code=language, username=username)


def player(bot: BotGame, first_name: str = "Ada", language: str = "en") -> tuple[Person, Message]:
    """Somebody who has played before, at home."""
    someone = person(bot, first_name, language)
    bot.game.sign_in(someone.id, first_name=first_name)
    someone.start()
    return someone, someone.wait_for(lambda m: len(m.buttons) > 5)


def shown(who: Person, message: Message) -> Message:
    return next(m for m in who.messages() if m.id == message.id)


def press(who: Person, message: Message, button: str, expected: str) -> Message:
    """Presses a button and waits for what the message shows then; the press is answered."""
    pressed = who.press(message, button)
    found = who.wait_for(lambda m: m.id == message.id and expected in m.text)
    pressed.toast()
    return found


def test_new_player_chooses_a_name_in_writing(bot: BotGame) -> None:
    bob = person(bot, "Bob")
    other = bot.game.sign_in(next(_ids))
    bot.game.call("players", "PATCH", "/players/me", {"username": "taken_1"}, headers=other.headers)
    bob.start()
    prompt = bob.wait_for_text("What should the leaderboard call you?")
    assert "Hello, Bob!" in prompt.text
    complaints = (("Bo", "Bo does not fit"), ("Bob!", "only letters"), ("TAKEN_1", "already taken"), ("bob_1", "Nice"))
    for name, answer in complaints:
        bob.send(name)
        assert bob.wait_for_text(answer).id == prompt.id
    home = shown(bob, prompt)
    assert ("Nice to meet you, bob_1!" in home.text, "Your taps: 0" in home.text) == (True, True)
    wait_until("what was asked and answered is gone", lambda: [m.text for m in bob.messages()] == ["/start", home.text])
    assert bob.keyboard() is None


def test_new_player_takes_the_first_name_by_one_tap(bot: BotGame) -> None:
    """Their @username is not proposed: strangers would find them by it."""
    bob = person(bot, "Bobby", username=f"secret{next(_ids)}")
    bob.start()
    hello = bob.wait_for_text("What should the leaderboard call you?")
    assert not [text for text in hello.buttons if "secret" in text]
    bob.press(hello, "✅ bobby").toast()
    assert "Nice to meet you, bobby" in bob.wait_for_text("Your taps: 0").text


def test_new_player_skips_the_name(bot: BotGame) -> None:
    bob = person(bot, "Bob")
    bob.start()
    hello = bob.wait_for_text("What should the leaderboard call you?")
    pressed = bob.press(hello, "Skip")
    assert "No hurry" in pressed.toast()["text"]
    assert "Welcome, Bob!" in bob.wait_for_text("Your taps: 0").text
    bob.send("not a name!")
    assert bob.wait_for_text("I did not get that").buttons


def test_every_press_is_one_tap_and_the_last_state_arrives(bot: BotGame) -> None:
    ada, home = player(bot)
    panel = press(ada, home, "Tap", "Your taps: 1")
    for n in range(2, 6):
        assert ada.press(panel, "+1").toast()["text"] == f"+1 → {n}" or bot.twice
    assert "Your taps: 5" in ada.wait_for(lambda m: m.id == panel.id and "Your taps: 5" in m.text).text
    bot.telegram.settle()
    known = bot.stores.players.by_telegram_id(ada.id)
    assert known is not None
    assert bot.stores.play.clicks_of([known.id])[known.id] == 5


def test_paused_session_shows_resume_and_goes_on(bot: BotGame, way: str) -> None:
    ada, home = player(bot)
    panel = press(ada, home, "Tap", "Your taps: 1")
    known = bot.stores.players.by_telegram_id(ada.id)
    assert known is not None
    from tapstack.bot.tap_callbacks import pause
    from tapstack.play.chat_taps import chat_session
    from tapstack.telegram.context import message_call

    bot.stores.play.end_session(known.id, chat_session(known.id))
    bot.stores.outbox.put_later(message_call(ada.id, *pause("en", 1), panel.id), 0)
    paused = ada.wait_for_text("Paused")
    assert "▶️ Resume" in paused.buttons
    press(ada, paused, "Resume", "Tap!")
    ada.press(panel, "+1").toast()
    ada.wait_for(lambda m: m.id == panel.id and "Your taps: 2" in m.text)


def test_press_after_an_idle_time_counts_all_the_same(bot: BotGame) -> None:
    ada, home = player(bot)
    panel = press(ada, home, "Tap", "Your taps: 1")
    known = bot.stores.players.by_telegram_id(ada.id)
    assert known is not None
    from tapstack.play.chat_taps import chat_session

    bot.stores.play.end_session(known.id, chat_session(known.id))
    ada.press(panel, "+1").toast()
    ada.wait_for(lambda m: m.id == panel.id and "Your taps: 2" in m.text)


def test_leaderboard_has_pages_and_the_players_around_oneself(bot: BotGame) -> None:
    for n in range(12):
        bot.game.sign_in(next(_ids)).tap(400 - n)
    ada, home = player(bot)
    bot.stores.redis.delete("board:all", "board:lease")
    first = press(ada, home, "Leaderboard", "Leaderboard")
    assert "🥇" in first.text
    assert "11–20" in first.buttons
    second = press(ada, first, "11–20", "12. ")
    assert "🥇" not in second.text
    around = press(ada, second, "Around me", "Around you")
    assert "Tap once to get on the leaderboard." in around.text
    press(ada, around, "Home", "Welcome, Ada!")


def test_league_tells_how_to_enter_and_then_the_own_place(bot: BotGame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(league_scene, "reader", LeagueReader())  # without what it has kept of another test's game
    monkeypatch.setattr(keeping, "AFTER_MS", 0)  # the league begins in the first minute of a Monday, too
    keep = running("maintenance")(keeping.keep)
    ada, _ = player(bot)
    bot.game.run("sync")
    ada.send("/league")
    league = ada.wait_for_text("Last week is being counted.")
    assert "Ends in" in league.text
    keep(bot.stores)
    press(ada, league, "Refresh", "Tap once this week, and you are in.")
    bot.game.sign_in(ada.id).tap(3)
    press(ada, league, "Refresh", "Your division will be ready within a minute.")
    periods.rank_changed(bot.stores)
    keep(bot.stores)
    division = press(ada, league, "Refresh", "Bronze league · division 1").text
    assert "Your place: 1 of 1" in division
    assert "· 3 ← you" in division
    press(ada, league, "Home", "Your taps: 3")


def test_leaderboard_leads_to_the_league_and_to_friends(bot: BotGame) -> None:
    ada, home = player(bot, language="ru")
    board = press(ada, home, "Рейтинг", "Рейтинг")
    league = press(ada, board, "Лига", "Лига недели")
    home = press(ada, league, "Домой", "Твои тапы: 0")
    board = press(ada, home, "Рейтинг", "Рейтинг")
    friends = press(ada, board, "Друзья", "Здесь пока никого")
    press(ada, friends, "Все игроки", "Рейтинг")


def test_profile_leads_to_a_new_name(bot: BotGame) -> None:
    ada, home = player(bot)
    profile = press(ada, home, "Profile", "no name yet")
    press(ada, profile, "Change name", "You have no name yet")
    name = f"ada_{next(_ids)}"
    ada.send(name)
    ada.wait_for_text(f"Nice to meet you, {name}!")
    ada.send("/profile")
    assert ada.wait_for_text(f"👤 {name}")


def test_cancel_ends_what_was_asked_and_anything_else_leads_home(bot: BotGame) -> None:
    ada, _ = player(bot)
    ada.send("/profile")
    profile = ada.wait_for_text("no name yet")
    press(ada, profile, "Change name", "You have no name yet")
    ada.send("/cancel")
    assert ada.wait_for_text("All right, never mind.").buttons
    ada.send("a_name_now")
    assert ada.wait_for_text("I did not get that").buttons
    ada.send("/cancel")
    assert ada.wait_for_text("There was nothing to cancel.").buttons


def test_invite_has_a_link_to_share_and_to_copy(bot: BotGame) -> None:
    ada, home = player(bot)
    invite = press(ada, home, "Invite", "https://t.me/tapstack_test_bot?start=ref_")
    assert invite.button("Share")[2]["switch_inline_query"]
    assert invite.button("Copy")[2]["copy_text"]["text"].startswith("https://t.me/tapstack_test_bot?start=ref_")


def test_who_comes_by_a_link_is_credited_once_and_the_inviter_is_told(bot: BotGame) -> None:
    ada, home = player(bot)
    link = press(ada, home, "Invite", "ref_").button("Copy")[2]["copy_text"]["text"]
    bob = person(bot, "Bob<i>")
    bob.start(link.partition("start=")[2])
    assert "Ada has invited you." in bob.wait_for_text("Hello, Bob<i>!").text
    bob.start(link.partition("start=")[2])
    bob.wait_for_text("Welcome, Bob<i>!")
    assert "Bob<i> has joined through your link" in ada.wait_for_text("joined through your link").text
    ada.start(link.partition("start=")[2])
    bot.telegram.settle()
    ada.send("/profile")
    assert "Invited: 1" in ada.wait_for_text("Invited:").text
    assert len([m for m in ada.messages() if "joined through your link" in m.text]) == 1


def test_inviter_who_wants_no_notifications_gets_none(bot: BotGame) -> None:
    ada, home = player(bot)
    link = press(ada, home, "Invite", "ref_").button("Copy")[2]["copy_text"]["text"]
    ada.send("/settings")
    ada.press(ada.wait_for_text("Settings"), "Notifications").toast()
    bob = person(bot, "Bob")
    bob.start(link.partition("start=")[2])
    bob.wait_for_text("Hello, Bob!")
    bot.telegram.settle()
    assert not [m for m in ada.messages() if "joined through your link" in m.text]


def test_settings_change_the_language_and_the_notifications(bot: BotGame) -> None:
    ada, home = player(bot)
    settings = press(ada, home, "Settings", "Settings")
    assert "🌐 Language: as in Telegram" in settings.buttons
    press(ada, settings, "Language", "Settings")
    ada.wait_for(lambda m: "🌐 Language: English" in m.buttons)
    russian = press(ada, settings, "Language", "Настройки")
    assert "🔔 Уведомления: вкл." in russian.buttons
    ada.press(russian, "Уведомления").toast()
    ada.wait_for(lambda m: "🔕 Уведомления: выкл." in m.buttons)
    press(ada, russian, "Домой", "Твои тапы")
    assert bot.stores.conversations.get(ada.id).notify is False


def test_help_in_the_language_of_the_person(bot: BotGame) -> None:
    ada, home = player(bot, "Ада", "ru")
    assert "Привет, Ада!" in home.text
    assert "/invite" in press(ada, home, "Помощь", "Как это работает").text


def test_group_gets_the_leaderboard_and_the_way_into_the_game(bot: BotGame) -> None:
    ada = person(bot)
    bot.game.sign_in(next(_ids)).tap(30)
    group = bot.telegram.group(ada, "Friends", person(bot, "Bob"))
    ada.send("/top", chat=group.id)
    top = ada.wait_for_text("Leaderboard", chat=group.id)
    assert "🥇" in top.text
    ada.send("/play@tapstack_test_bot", chat=group.id)
    play = ada.wait_for_text("Come and tap", chat=group.id)
    assert play.button("Play")[2]["url"] == "https://t.me/tapstack_test_bot?start=group"
    ada.send("/other", chat=group.id)
    bot.telegram.settle()
    assert len([m for m in ada.messages(group.id) if m.from_bot]) == 2


def test_inline_mode_shares_the_own_score_card(bot: BotGame) -> None:
    ada = person(bot)
    bot.game.sign_in(ada.id).tap(42)
    query, results = ada.inline("")
    card: dict[str, Any] = results[0]
    assert card["title"] == "My score: 42"
    sent = ada.choose(query, card["id"])
    assert "Ada has 42 taps, place 1." in sent.text
    assert "start=ref_" in sent.button("Play")[2]["url"]


def test_a_name_full_of_markup_breaks_nothing(bot: BotGame) -> None:
    eve, home = player(bot, '<b>&</i>"Eve')
    assert 'Welcome, <b>&</i>"Eve!' in home.text
    press(eve, home, "Profile", "Taps: 0")
    assert bot.telegram.stats()["errors"] == {}


def test_person_sees_their_data_and_erases_it_by_a_second_press(bot: BotGame) -> None:
    someone, home = player(bot, "Augusta")
    settings = press(someone, home, "Settings", "Settings")
    data = press(someone, settings, "Privacy", "Your data")
    assert f"Telegram id: {someone.id}" in data.text
    assert "Telegram name: Augusta" in data.text
    question = press(someone, data, "Erase my account", "Erase your account?")
    kept = press(someone, question, "Keep it", "Settings")
    assert bot.stores.players.by_telegram_id(someone.id)
    data = press(someone, kept, "Privacy", "Your data")
    question = press(someone, data, "Erase my account", "Erase your account?")
    press(someone, question, "Erase everything", "Your account is closed")
    someone.send("/start")
    someone.wait_for_text("being erased right now")
    bot.stores.clock = lambda: system_clock() + SETTLED_MS + 1_000
    assert bot.game.run("maintenance")["erased"] == 1
    someone.send("/start")
    someone.wait_for(lambda m: "What should the leaderboard call you?" in m.text and m.id > question.id)


def test_button_of_long_ago_erases_nobody(bot: BotGame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tapstack.privacy.scenes.privacy.CONFIRM_WITHIN_MS", -1)
    someone, _ = player(bot, "Ben")
    someone.send("/privacy")
    data = someone.wait_for_text("Your data")
    question = press(someone, data, "Erase my account", "Erase your account?")
    someone.press(question, "Erase everything").toast()
    someone.send("/top")
    someone.wait_for_text("Leaderboard")
    assert bot.stores.players.by_telegram_id(someone.id)
