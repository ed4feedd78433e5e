"""The player's own account in the chat."""
