"""The league in the chat."""
