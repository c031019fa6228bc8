"""What a page looks like where it is found or passed on: Open Graph, as https://ogp.me/ has it."""

from __future__ import annotations

from .catalogue import HOME
from .linked_data import Setting
from .model import Exercise, Page


def properties(page: Page, path: str, setting: Setting) -> list[tuple[str, str]]:
    """Names and contents of the `<meta property>` of the page at `path` below docs/.

    Whole addresses, also that of the picture, are told only when somebody knows where the site stands.
    """
    found = [
        ("og:type", "website" if path == HOME else "article"),
        ("og:site_name", setting.site),
        ("og:title", page.title),
        ("og:description", page.summary),
        ("og:locale", setting.language),
    ]
    if setting.address is None:
        return found
    found.append(("og:url", setting.address(path)))
    shown = setting.picture(page.images.finish) if isinstance(page, Exercise) else None
    if shown:
        size = (("og:image:width", str(shown.width)), ("og:image:height", str(shown.height)))
        found += [("og:image", shown.address), *size, ("og:image:alt", shown.alt)]
    return found
