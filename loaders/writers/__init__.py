"""Plans written out: tables for spreadsheets, workbooks, graphs; see `loaders.writers.export`."""
