"""A Telegram on your own machine: the Bot API for a bot, a chat page for you, and Telegram's limits for both.

It serves one bot and any number of test users, keeps its state in memory and optionally in a file, listens on
loopback, and connects to nothing but the bot's webhook.
"""
