"""Other releases of the game, to run beside this one on the same stores: the one before, and one that may come."""
