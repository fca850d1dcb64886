"""From bytes to a table of text cells below a header."""
