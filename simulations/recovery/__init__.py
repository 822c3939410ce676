"""Recovery: what would stop a scenario from making anything late, and the least that does."""
