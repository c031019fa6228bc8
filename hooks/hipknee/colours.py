"""The colours that the site, its paper and its pictures share, as style sheets write them.

CSS and Typst can't ask Python and say them again; tests/test_colours.py holds that they say the same.
"""

from __future__ import annotations

TEAL = "#0f5c63"
"""Of headings, bands and the mark."""
INK = "#16262a"
"""Of letters."""
SOFT = "#45565a"
"""Of letters that step back."""
PAPER = "#fbfaf7"
"""Behind every drawing, and whatever one lies on."""
