"""Pure rules of the economy: no I/O, no clock, no randomness of their own."""
