"""A local Telegram: the Bot API for a bot, a chat page for a person, Telegram's limits for both.

It holds one bot and any number of test users, in memory, with a snapshot on disk. It listens on
loopback and talks to nothing but the bot's webhook.
"""
