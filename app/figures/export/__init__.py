"""The export as files: the same rows in three formats, each with the data dictionary in it."""
