"""What a page looks like where it is found or passed on: Open Graph, as https://ogp.me/ has it."""

from __future__ import annotations

from ..content.kinds import HOME
from ..content.model import Page
from ..pictures.share_cards import HEIGHT, WIDTH
from .linked_data import Setting


def properties(page: Page, path: str, setting: Setting, card: str | None) -> list[tuple[str, str]]:
    """Names and contents of the `<meta property>` of the page at `path` below docs/. `card` is its picture's address.

    Whole addresses, also that of the picture, are told only when somebody knows where the site stands.
    """
    pairs = [
        ("og:type", "website" if path == HOME else "article"),
        ("og:site_name", setting.site),
        ("og:title", page.title),
        ("og:description", page.summary),
        ("og:locale", setting.language.replace("-", "_")),
    ]
    if setting.address is None:
        return pairs
    pairs.append(("og:url", setting.address(path)))
    if card:
        size = (("og:image:width", str(WIDTH)), ("og:image:height", str(HEIGHT)))
        pairs += [("og:image", card), *size, ("og:image:alt", f"{page.title}. {page.summary}")]
        pairs.append(("twitter:card", "summary_large_image"))  # or X shows it as small as a stamp
    return pairs
