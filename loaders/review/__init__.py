"""Proposals and the decisions on them: listed, decided, taken back, written and read in tables."""
