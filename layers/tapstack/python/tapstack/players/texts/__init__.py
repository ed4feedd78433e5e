"""What the bot says about a player's name, invitations and settings."""

from __future__ import annotations

from tapstack.telegram.texts import Texts

TEXTS = Texts.of(__name__)
