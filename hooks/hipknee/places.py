"""Where the engine's own files lie: what pages and sheets are printed with, and what a web server is given."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent

HOOKS = _HERE.parent
"""The engine: its doors, and all below."""
PAGE_TEMPLATES = _HERE / "pages" / "html"
"""Of the content of a page."""
FRAME = HOOKS / "overrides"
"""Of what stands around it: the theme's templates, which say words too."""
PRINT_TEMPLATES = _HERE / "print" / "typst"
"""Of everything on paper."""
FONTS = PRINT_TEMPLATES / "fonts"
"""The letters of paper and of pictures."""
WORKERS = _HERE / "publish" / "workers"
"""Scripts that a browser runs beside the pages."""
SERVERS = _HERE / "publish" / "servers"
"""Templates of what web servers are told."""
