"""Checks of a plan: paper quality, schedule health and realism, each rule a record."""
