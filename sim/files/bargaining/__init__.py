"""Files of negotiations: actors, packages, players, and decided issues."""
