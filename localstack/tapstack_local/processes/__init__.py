"""Child processes: started, watched, logged and ended; their ports, and what a killed run left behind."""
