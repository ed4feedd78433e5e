"""What the bot says about a player's own data."""

from __future__ import annotations

from tapstack.privacy.texts import en, ru
from tapstack.telegram.texts import Texts

TEXTS = Texts(en=en.TEXTS, ru=ru.TEXTS)
