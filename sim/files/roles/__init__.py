"""Which column is what: words propose, sums decide."""
