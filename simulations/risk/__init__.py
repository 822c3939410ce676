"""Monte Carlo: how likely, how late, and what drives it (DESIGN 5.6, docs/risk.md)."""
