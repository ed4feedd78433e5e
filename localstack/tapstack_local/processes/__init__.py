"""Child processes: started, watched, logged and ended; their ports, and leftovers of a killed run."""
