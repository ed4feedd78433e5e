"""What the bot says about the game as a whole, with the texts of what it shows of groups and leaderboards."""

from __future__ import annotations

from tapstack.groups.texts import TEXTS as GROUPS
from tapstack.telegram.texts import TEXTS as COMMON
from tapstack.telegram.texts import Texts

TEXTS = Texts.together(COMMON, GROUPS, Texts.of(__name__))
