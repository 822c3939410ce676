"""Forward and backward pass, what-if, and the arrays they run on; imports graphmodel only."""
