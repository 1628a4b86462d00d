"""The teacher: a link, a board, a reveal."""
