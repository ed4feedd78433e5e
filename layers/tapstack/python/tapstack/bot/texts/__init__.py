"""What the bot says about the game as a whole, with the texts of what it shows of leaderboards."""

from __future__ import annotations

from tapstack.leaderboards.texts import TEXTS as LEADERBOARDS
from tapstack.telegram.texts import TEXTS as COMMON
from tapstack.telegram.texts import Texts

TEXTS = Texts.together(COMMON, LEADERBOARDS, Texts.of(__name__))
