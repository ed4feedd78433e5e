"""What the bot says about a player's name, invitations and settings."""

from __future__ import annotations

from tapstack.players.texts import en, ru
from tapstack.telegram.texts import Texts

TEXTS = Texts(en=en.TEXTS, ru=ru.TEXTS)
