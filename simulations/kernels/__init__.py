"""Kernels: one source that runs as plain Python on small plans, compiled on large ones."""
