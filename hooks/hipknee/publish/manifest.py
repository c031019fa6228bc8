"""What a phone shows of the site on its home screen: name, icon and colour.

It opens in the browser like any bookmark: with a window of its own, browsers would ask readers to install it.
Specification: https://www.w3.org/TR/appmanifest/
"""

from __future__ import annotations

import json
from collections.abc import Mapping

NAME = "manifest.webmanifest"


def text(name: str, about: str, language: str, colour: str, ground: str, icons: Mapping[str, tuple[int, bool]]) -> str:
    """The file at the root of a site. `icons` are pictures in the site: pixels of each, and whether a phone may cut it
    to a shape of its own."""
    content = {
        "name": name,
        "short_name": name,
        "description": about,
        "lang": language,
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "theme_color": colour,
        "background_color": ground,
        "icons": [
            {
                "src": path,
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": "maskable" if is_cut else "any",
            }
            for path, (side, is_cut) in icons.items()
        ],
    }
    return json.dumps({key: value for key, value in content.items() if value}, ensure_ascii=False, indent=2) + "\n"
