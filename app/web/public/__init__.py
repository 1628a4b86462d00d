"""Anybody: the front page and the health of the server."""
