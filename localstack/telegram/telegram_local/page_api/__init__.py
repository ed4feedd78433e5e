"""The chat page's API, through which the page and tests act as a user."""
