"""The local Telegram in the tests of a bot: a server, users who act, a webhook that records.

    with LocalTelegram() as telegram:
        bot = Bot(telegram.token, base_url=telegram.bot_url)     # python-telegram-bot
        ada = telegram.user(first_name="Ada", language_code="en")
        ada.start("ref_abc")
        home = ada.wait_for_text("Welcome")
        toast = ada.press(home, "Tap!").toast()

`LocalTelegram.connect(url)` drives a server that runs elsewhere in the same way. Everything waits for a
condition, with a deadline. The pytest fixtures are in `telegram_local.pytest_plugin`.
"""

from ..clock import ManualClock
from ..settings import LOCAL_TOKEN, Limits
from .client import TelegramClient
from .in_memory import BUTTON, UNLIMITED, InMemoryTelegram
from .people import Group, Message, Person, Press
from .server import LocalTelegram
from .waiting import wait_until
from .webhook import OK, Answer, Receiver, answering

__all__ = [
    "BUTTON",
    "LOCAL_TOKEN",
    "OK",
    "UNLIMITED",
    "Answer",
    "Group",
    "InMemoryTelegram",
    "Limits",
    "LocalTelegram",
    "ManualClock",
    "Message",
    "Person",
    "Press",
    "Receiver",
    "TelegramClient",
    "answering",
    "wait_until",
]
