"""What any bot needs: Telegram's client, updates, scenes, conversations, the outbox."""
