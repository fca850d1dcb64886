"""Reports: one self-contained page for a result, and the pictures in it."""
