"""The order of things: use cases that take the stores they need."""
