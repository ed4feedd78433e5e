"""The rules of the game: pure functions, no clock, no I/O."""
