"""The HTTP side of a game: the server, API Gateway, the Mini App's files, test players' sign-in."""
