"""Questions on a terminal. An answer that is none is asked again, with the reason; Enter leaves a thing for later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from .offers import pick, pick_one

T = TypeVar("T")

NEEDED = "This one is needed."


class Dialogue:
    """Asks by `show` and `read`, which are those of a terminal."""

    def __init__(self, show: Callable[[str], object] = print, read: Callable[[str], str] = input) -> None:
        self.show, self.read = show, read

    def value(self, question: str, check: Callable[[str], T], *, needed: bool = False) -> T | None:
        """What `check` makes of the answer; it raises ValueError with a sentence for what is none. None for Enter."""
        self.show(f"\n{question}")
        while True:
            answer = self.read("> ").strip()
            if not answer and not needed:
                return None
            try:
                if not answer:
                    raise ValueError(NEEDED)
                return check(answer)
            except ValueError as error:
                self.show(str(error))

    def text(self, question: str, *, needed: bool = False) -> str:
        """A text on one line; "" for Enter."""
        return self.value(question, lambda answer: " ".join(answer.split()), needed=needed) or ""

    def texts(self, question: str, *, needed: bool = False) -> list[str]:
        """Words with commas between."""
        answer = self.text(question, needed=needed)
        return [word.strip() for word in answer.split(",") if word.strip()]

    def some(self, question: str, offers: Mapping[str, str], *, needed: bool = False) -> list[str]:
        """Any number of the offers, by id."""
        return self.value(self._listed(question, offers), lambda answer: pick(answer, offers), needed=needed) or []

    def single(self, question: str, offers: Mapping[str, str], *, needed: bool = False) -> str | None:
        """One of the offers, by id."""
        return self.value(self._listed(question, offers), lambda answer: pick_one(answer, offers), needed=needed)

    def agreed(self, question: str) -> bool:
        """Yes or no."""

        def check(answer: str) -> bool:
            if answer.lower() not in ("y", "yes", "n", "no"):
                raise ValueError("Type y for yes or n for no.")
            return answer.lower().startswith("y")

        return bool(self.value(f"{question} (y/n)", check, needed=True))

    @staticmethod
    def _listed(question: str, offers: Mapping[str, str]) -> str:
        width = len(str(len(offers)))
        rows = [f"  {number:>{width}}  {name}" for number, name in enumerate(offers.values(), 1)]
        return "\n".join([question, *rows])
