"""What `sim bargain` prints: paths, reasons, two sides, divisions; as lines and as JSON."""
