"""People in the chat."""
