"""What stands above a page: what is wrong with it, for editors, and what is overdue on it, for everybody."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cached_property

from jinja2 import Environment

from ..addresses import Address
from ..gate import waivers
from ..gate.gate import Report
from ..gate.waivers import Overdue
from ..problems import Problem


class Banners:
    """The banners of one build. `today` decides which reviews are overdue."""

    def __init__(self, report: Report, environment: Environment, today: datetime.date) -> None:
        self.catalogue, self.environment = report.catalogue, environment
        self.problems = [*report.problems]
        self.overdue: dict[str, list[Overdue]] = {}
        for overdue in waivers.overdue(report.catalogue, today):
            self.overdue.setdefault(overdue.path, []).append(overdue)

    def of(self, path: str, url: Address, problems: bool) -> str:
        """What stands above the page at `path` below docs/: its problems, when asked for, and what is overdue."""
        own = self._problems_of(f"docs/{path}") if problems else []
        late = self.overdue.get(f"docs/{path}", [])
        return self._render("banner.html", url, problems=own, overdue=late) if own or late else ""

    def all_problems(self, url: Address) -> str:
        """Every problem of the site, for the page that lists them."""
        return self._render("problems.html", url, problems=self.problems)

    def add(self, problems: Iterable[Problem]) -> None:
        """Take in problems that were found after the gate."""
        self.problems += [problem for problem in dict.fromkeys(problems) if problem not in self.problems]
        for cached in ("everywhere", "_by_path"):
            self.__dict__.pop(cached, None)

    @cached_property
    def everywhere(self) -> list[Problem]:
        """Problems that every page shows: of the data, of mkdocs.yml, and of pages that are not there."""
        if not self.problems:
            return []  # and not a thousand files to look for
        data = self.catalogue
        own = {entry.path for entry in data.pages.values() if (data.root / entry.path).is_file()}
        own -= {entry.path for entry in data.shared}
        return [problem for problem in self.problems if problem.path not in own]

    @cached_property
    def _by_path(self) -> dict[str, list[Problem]]:
        by_path: dict[str, list[Problem]] = {}
        for problem in self.problems:
            by_path.setdefault(problem.path, []).append(problem)
        return by_path

    def _problems_of(self, path: str) -> list[Problem]:
        """The page's own problems, those of what every page shares, and those of what has no page to show them."""
        own = self._by_path.get(path, [])
        return own + [problem for problem in self.everywhere if problem not in own]

    def _render(self, template: str, url: Address, **values: object) -> str:
        shared = {"root": self.catalogue.root, "language": self.catalogue.language}
        return self.environment.get_template(template).render(url=url, **shared, **values)
