"""Real LocalStack on this machine without Docker: its environment, and the servers it needs."""
