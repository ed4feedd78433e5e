"""The chat page and the API by which it, and tests, act as a person."""
