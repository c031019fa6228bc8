"""The gate: every problem of the content, found in one run."""
