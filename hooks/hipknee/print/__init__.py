"""Everything on paper: which PDFs there are, what stands on them, and the one place that calls Typst."""
