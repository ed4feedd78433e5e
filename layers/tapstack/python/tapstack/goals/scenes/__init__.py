"""Goals in the chat."""
