"""What the bot says about the game as a whole."""

from __future__ import annotations

from tapstack.bot.texts import en, ru
from tapstack.telegram.texts import Texts

TEXTS = Texts(en=en.TEXTS, ru=ru.TEXTS)
