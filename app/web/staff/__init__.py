"""Staff at work: the front page, new lessons, classrooms, accounts, settings."""
