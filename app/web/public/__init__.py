"""Anybody, and any machine: the health of the server."""
