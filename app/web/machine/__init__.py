"""Other programs: what they may read, and answers that only they read."""
