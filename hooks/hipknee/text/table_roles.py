"""What the parts of a table are to a screen reader, by their elements."""

from __future__ import annotations

ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}
