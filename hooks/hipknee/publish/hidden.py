"""What is hidden in a built site: mostly other people's, such as a repository, and then none of the site."""

from __future__ import annotations

from pathlib import Path

SECURITY = ".well-known/security.txt"
"""Whom to tell of a hole in the site: https://www.rfc-editor.org/rfc/rfc9116"""
BUILT = frozenset({SECURITY})
"""What only builds put there."""
_PUBLIC = ".well-known/"


def is_hidden(name: str) -> bool:
    """Whether a file in the site, or a folder around it, has a name that begins with a dot."""
    return "/." in f"/{name}"


def is_of_site(name: str, docs: Path) -> bool:
    """Whether a file or folder in the site was put there by a build: of what is hidden, what it makes or docs/ has."""
    if not is_hidden(name) or f"{name}/" == _PUBLIC:
        return True
    return name in BUILT or (name.startswith(_PUBLIC) and (docs / name).exists())
