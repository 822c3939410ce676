"""The pages of the local page, a module each."""
