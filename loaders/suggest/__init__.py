"""Dependencies that nobody wrote down: candidates, each with its rule and its evidence."""
