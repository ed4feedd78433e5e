"""What a reminder says, with the texts of what it tells of the league."""

from __future__ import annotations

from tapstack.league.texts import TEXTS as LEAGUE
from tapstack.telegram.texts import TEXTS as COMMON
from tapstack.telegram.texts import Texts

TEXTS = Texts.together(COMMON, LEAGUE, Texts.of(__name__))
