"""The report to a board: its contents once, in blocks that every form of it is made from."""
