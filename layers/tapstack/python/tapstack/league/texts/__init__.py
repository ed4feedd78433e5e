"""What the bot says about the league, with the texts of what it shows of leaderboards."""

from __future__ import annotations

from tapstack.leaderboards.texts import TEXTS as LEADERBOARDS
from tapstack.telegram.texts import Texts

TEXTS = Texts.together(LEADERBOARDS, Texts.of(__name__))
