"""Status codes, JSON and the API's one table of operations."""
