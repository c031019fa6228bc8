"""What authors write: read, held against the model, and kept in one catalogue."""
