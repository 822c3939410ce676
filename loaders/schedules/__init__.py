"""Readers of other programs' schedules, each by way of one neutral schedule to a plan."""
