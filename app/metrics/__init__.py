"""Counts of what the server did, for a monitor: rounded and delayed before they leave the process."""
