"""What a clinician picks for one patient, as a value with a code: read, written, and held against its bounds."""
