"""What the bot says about the league."""

from __future__ import annotations

from tapstack.leaderboards.texts import TEXTS as LEADERBOARDS
from tapstack.league.texts import en, ru
from tapstack.telegram.texts import Texts

TEXTS = Texts.together(LEADERBOARDS, Texts(en=en.TEXTS, ru=ru.TEXTS))
