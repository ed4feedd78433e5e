"""The methods of the Bot API, https://core.telegram.org/bots/api, one module per subject."""

from . import callbacks, chats, edits, messages, profile, receiving
from .registry import METHODS

__all__ = ["METHODS", "callbacks", "chats", "edits", "messages", "profile", "receiving"]
