"""The printed page, and what it says of itself to search, machines and other programs."""
