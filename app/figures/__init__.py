"""Pictures: each with its sentence and its table, so that eyes, ears and paper are told the same."""
