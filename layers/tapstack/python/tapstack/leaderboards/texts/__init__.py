"""What the bot says about leaderboards."""

from __future__ import annotations

from tapstack.leaderboards.texts import en, ru
from tapstack.telegram.texts import Texts

TEXTS = Texts(en=en.TEXTS, ru=ru.TEXTS)
