"""The mapping file: its grammar, and files read as it says."""
