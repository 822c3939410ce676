"""Forward and backward pass, what-if, their arrays; of knockon, imports graphmodel only."""
