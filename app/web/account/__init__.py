"""Anybody of the staff: signing in and out, one-time links, one's own account."""
