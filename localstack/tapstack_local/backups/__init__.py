"""Backups of a game on this machine: one archive of what can't be made anew, and the way back.

An archive holds the tables (the emulator's snapshot and the journals after it) and the game's own secrets. Redis is
left out on purpose: it is rebuilt from the tables, and a Redis of another moment than the tables would contradict them.
So are queues, whose work the schedules find again, and whatever is in .env.
"""
