"""An edition: what all sheets of one printing share, whatever is on them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..content.data_files import Clinic, Site
from ..wording import Say, Word
from .typesetting import PictureFile, spoken


@dataclass(frozen=True)
class Edition:
    """Words, rules and clinic; the language that the files say they are in; paper and colour."""

    words: Mapping[str, Word]
    site: Site
    clinic: Clinic
    language: str
    version: str
    """Printed at the foot, as it is."""
    paper: str
    """Typst's name of it."""
    grey: bool = False
    logo: PictureFile | None = None
    """The clinic's."""
    home: str = ""
    """The site's address, where all warning signs are; "" when nobody knows it."""

    @cached_property
    def say(self) -> Say:
        return Say(self.words)

    def frame(self, template: str, *, title: str, updated: datetime.date) -> dict[str, Any]:
        """What every template needs, and what stands at the foot of every sheet."""
        return {
            "title": title,
            "language": self.language,
            "paper": self.paper,
            "grey": self.grey,
            "colours": {"brand": self.clinic.scheme.colour, "tint": self.clinic.scheme.tint},
            "words": {name: self.words.get(name, name) for name in sorted(spoken(template))},
            "updated": updated.isoformat(),
            "dated": self.say("dated", day=updated, version=self.version),
            "clinic": self._clinic() if self.clinic.is_shown else None,
            "author": self.clinic.name,
        }

    def _clinic(self) -> dict[str, Any]:
        return {
            "name": self.clinic.name,
            "phones": [phone.model_dump() for phone in self.clinic.phones],
            "logo": self.logo._asdict() | {"alt": self.say("clinic")} if self.logo else None,
        }
