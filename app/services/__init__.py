"""What somebody does: one verb a file, no Flask and no SQL. Each promises one transaction's worth of work."""
