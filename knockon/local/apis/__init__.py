"""The interface for programs, a module for each page whose work it does."""
