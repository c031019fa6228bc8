"""What search engines are told: that they may read all of it, and where the list of its pages is.

https://www.rfc-editor.org/rfc/rfc9309; pages that are not to be listed say so themselves, since a page that may not be
read can't say it.
"""

from __future__ import annotations

NAME = "robots.txt"


def text(site_url: str) -> str:
    """The file. `site_url` may be empty: then nobody knows the whole address of the list."""
    rules = "User-agent: *\nDisallow:\n"
    return f"{rules}\nSitemap: {site_url}sitemap.xml\n" if site_url else rules
