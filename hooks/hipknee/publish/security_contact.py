"""Whom to tell of a hole in the site, for those who look for holes: security.txt, as RFC 9116 has it.

https://www.rfc-editor.org/rfc/rfc9116
"""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

from .hidden import SECURITY


def files(contact: str | None, language: str, site_url: str, today: datetime.date) -> dict[str, str]:
    """The file by its name in the site; none when the clinic gives no `contact`. `site_url` may be empty.

    It expires a year after the first day of the build's month, so that two builds of a month have the same bytes.
    """
    if not contact:
        return {}
    month = today.replace(day=1)
    lines = [f"Contact: {contact}", f"Expires: {month.replace(year=month.year + 1).isoformat()}T00:00:00Z"]
    lines.append(f"Preferred-Languages: {language}")
    address = urlsplit(site_url)
    if address.scheme == "https":  # the RFC takes no other; and asks for it at the root of a host
        lines.append(f"Canonical: https://{address.netloc}/{SECURITY}")
    return {SECURITY: "".join(f"{line}\n" for line in lines)}
