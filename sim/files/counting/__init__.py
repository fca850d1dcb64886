"""Which rows count, and what the reading says of them."""
