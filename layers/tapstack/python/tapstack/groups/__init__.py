"""Groups: who taps together in a group chat, today and ever."""
