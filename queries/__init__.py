"""Questions about a plan, answered as records; the layer of knockon above simulations."""
