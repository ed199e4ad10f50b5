"""HTML to text with a map back to the source, and what a page says of itself."""
