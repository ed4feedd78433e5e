"""Reminders: what brings players back who have closed the game, one message a day at most."""
