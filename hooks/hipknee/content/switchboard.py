"""The switchboard, mkdocs.yml: read as MkDocs reads it, but without MkDocs: a check knows what a build will use.

MkDocs reads YAML 1.1 (`yes` is true) with `!ENV`, `!!python/name:` and `INHERIT`. What it would refuse, or warn of, is
a problem here, in plain words and with the line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

import yaml
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from ..problems import Problem
from ..refusals import contents, holds, why
from ..rules import Rule
from .contacts import Address, SiteAddress
from .data_files import Clinic
from .fields import Fields
from .front_matter import Builder, Document, Place, read_data
from .model import Text
from .validation import validate

FILE, OTHER_FILE = "mkdocs.yml", "mkdocs.yaml"
BUILT_IN = ("toc", "tables", "fenced_code")
"""The Markdown extensions that MkDocs always has."""
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$"
"""The code of a language, such as en or pt-BR."""
_INHERIT = "INHERIT"
_NAME = "tag:yaml.org,2002:python/name:"
_LEVELS = {"warn", "info", "ignore"}
_LEVELS_OF = {
    "nav": ("omitted_files", "not_found", "absolute_links"),
    "links": ("not_found", "absolute_links", "unrecognized_links", "anchors"),
}


class PythonName(str):
    """A thing of Python, by its whole name: `!!python/name:module.thing`."""


class _Settings(Builder):
    """Values as MkDocs has them: YAML 1.1, and its own tags."""

    loader: ClassVar[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    keeps_texts: ClassVar[bool] = False

    def build(self, node: yaml.Node, place: Place) -> Any:
        return self._of_environment(node) if node.tag == "!ENV" else super().build(node, place)

    def scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag.startswith(_NAME):
            return PythonName(node.tag.removeprefix(_NAME))
        if node.tag == "!relative":
            return str(node.value)
        if not node.tag.startswith("tag:yaml.org,2002:") or "python/" in node.tag:
            return super().scalar(node)
        try:
            return _resolver().construct_object(node)
        except (ValueError, yaml.YAMLError):  # such as a day that is not in the calendar
            return str(node.value)

    def _of_environment(self, node: yaml.Node) -> Any:
        """`!ENV NAME`, or `!ENV [NAME, OTHER, value]`: the first that the environment has, else the value."""
        items = [item for item in self._items(node) if isinstance(item, yaml.ScalarNode)]
        names, default = (items[:-1], items[-1]) if len(items) > 1 else (items, None)
        for name in names:
            if name.value in os.environ:
                text = os.environ[name.value]
                tag = _resolver().resolve(yaml.ScalarNode, text, (True, False))
                return self.scalar(yaml.ScalarNode(tag, text))
        return self.scalar(default) if default else None

    @staticmethod
    def _items(node: yaml.Node) -> list[yaml.Node]:
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def _resolver() -> Any:
    return yaml.SafeLoader("")


def _pairs(value: object) -> object:
    """A list of names, each alone or with its own settings, as MkDocs takes it; as pairs."""
    rows = [{name: settings} for name, settings in value.items()] if isinstance(value, dict) else value
    if value is None:
        return []
    if not isinstance(rows, list) or not all(
        isinstance(row, str) or (isinstance(row, dict) and len(row) == 1) for row in rows
    ):
        raise ValueError("must be a list of names: lines that begin with '- '")
    pairs = [(row, {}) if isinstance(row, str) else next(iter(row.items())) for row in rows]
    for name, settings in pairs:
        if settings and not isinstance(settings, dict):
            raise ValueError(f"has something other than 'key: value' below '{name}'")
    return [(name, settings or {}) for name, settings in pairs]


def _scripts(value: object) -> object:
    """Scripts as MkDocs takes them; their paths."""
    if not isinstance(value, list):
        raise ValueError("must be a list: lines that begin with '- '")
    for row in value:
        if isinstance(row, dict):
            known = {"path": str, "type": str, "defer": bool, "async": bool}
            wrong = [key for key, given in row.items() if not isinstance(given, known.get(key, ()))]
            if wrong or "path" not in row:
                raise ValueError(f"has {{{', '.join(row)}}}, but may only have path, type, defer and async")
        elif not isinstance(row, str):
            raise ValueError("must name files")
    return [row["path"] if isinstance(row, dict) else row for row in value]


def _levels(value: object) -> object:
    """How loud MkDocs is about a kind of mistake."""
    every = [*_LEVELS_OF["nav"], *_LEVELS_OF["links"]]
    known = {group: value if isinstance(value, dict) else {} for group, value in _grouped(value).items()}
    for group, levels in known.items():
        for key, level in levels.items():
            allowed = _LEVELS | ({"relative_to_docs"} if key == "absolute_links" else set())
            if key not in (_LEVELS_OF.get(group) or every):
                raise ValueError(f"has no setting '{key}': choose from {', '.join(_LEVELS_OF.get(group) or every)}")
            if level not in allowed:
                raise ValueError(f"has '{level}' for '{key}': choose from {', '.join(sorted(allowed))}")
    return value


def _grouped(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError("must be lines of 'key: value'")
    groups = {group: value[group] for group in _LEVELS_OF if group in value}
    for group, levels in groups.items():
        if not isinstance(levels, dict):
            raise ValueError(f"must have lines of 'key: value' below '{group}'")
    return {**groups, "": {key: level for key, level in value.items() if key not in _LEVELS_OF}}


def _folder(value: object) -> object:
    return value.removeprefix("./").removesuffix("/") if isinstance(value, str) else value


Switch = Annotated[bool, Field(strict=True)]
Words = Annotated[str, Field(strict=True)]
Pairs = Annotated[list[tuple[Words, dict[str, Any]]], BeforeValidator(_pairs)]


class Theme(Fields):
    """The theme, and what it is told. Other keys are the theme's own."""

    model_config = ConfigDict(extra="allow", frozen=True, use_attribute_docstrings=True, defer_build=True)

    name: Literal["material"]
    """The theme: material."""
    custom_dir: Annotated[str, StringConstraints(strict=True, pattern=r"^(\./)?hooks/overrides/?$")]
    """The folder of the pages' frame: hooks/overrides."""
    language: Annotated[str, StringConstraints(strict=True, pattern=LANGUAGE)]
    """The language of the site, such as en."""


class Extra(Fields):
    """What the engine reads, and what the theme does."""

    clinic: Any = None
    """Where older sites have the clinic: it has a file of its own."""
    offline: Switch = True
    """Whether readers' devices keep the pages."""
    generator: Any = None
    """The theme's own: whether it names MkDocs in the foot. This site's frame never does."""


class Keys(Fields):
    """The keys of mkdocs.yml: MkDocs' own, with what it takes for each. A test compares them with MkDocs."""

    site_name: Text
    """The name of the site."""
    site_url: SiteAddress | None = None
    """The address of the published site."""
    site_description: Words | None = None
    site_author: Words | None = None
    copyright: Words | None = None
    nav: list[Any] | None = None
    """The menu: a list of pages."""
    not_in_nav: Words | None = None
    exclude_docs: Words | None = None
    draft_docs: Words | None = None
    theme: Theme
    """The theme, with the language of the site."""
    docs_dir: Annotated[Literal["docs"], BeforeValidator(_folder)] = "docs"
    site_dir: Words = "site"
    use_directory_urls: Switch = True
    extra: Extra = Extra()
    extra_css: list[Words] = []
    extra_javascript: Annotated[list[Words], BeforeValidator(_scripts)] = []
    extra_templates: list[Words] = []
    markdown_extensions: Pairs = []
    plugins: Pairs = []
    hooks: list[Words]
    """The files of the engine that MkDocs opens."""
    watch: list[Words] = []
    validation: Annotated[Any, BeforeValidator(_levels)] = None
    strict: Switch = False
    dev_addr: Annotated[str, StringConstraints(strict=True, pattern=r"^(\S+:)\d+$")] = "127.0.0.1:8000"
    repo_url: Address | None = None
    repo_name: Words | None = None
    edit_uri: Words | None = None
    edit_uri_template: Words | None = None
    remote_branch: Words = "gh-pages"
    remote_name: Words = "origin"


class MenuEntry(NamedTuple):
    """One line of the menu that leads somewhere."""

    place: Place
    target: str
    """A page below docs/, or an address on the web."""
    title: str | None
    """What the menu calls it, where it says so."""


@dataclass(frozen=True)
class Switchboard:
    """mkdocs.yml as a value. `places` are the file and the line of every key and item."""

    file: str
    data: Mapping[str, Any]
    places: Mapping[Place, tuple[str, int]]
    problems: Sequence[Problem] = ()
    """What is wrong with its keys and values."""

    @classmethod
    def read(cls, root: Path, file: str = FILE) -> Switchboard:
        """Read the file below `root`, and the one that it inherits from.

        Like MkDocs it takes mkdocs.yaml where there is no mkdocs.yml.
        """
        if file == FILE and not holds((root / FILE).is_file) and holds((root / OTHER_FILE).is_file):
            file = OTHER_FILE
        data, places, problems = _read(root, file, ())
        board = cls(file, data, places)
        if problems and not data:  # to say that everything is missing would only bury the cause
            return cls(file, data, places, problems)
        return cls(file, data, places, sorted([*problems, *board._wrong()]))

    def at(self, *place: str | int) -> tuple[str, int]:
        """The file and the line where `place` stands, or else the nearest thing around it."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.places:
                return self.places[place[:end]]
        return self.file, 1

    def problem(self, place: Place, rule: Rule, message: str, hint: str = "", correction: str = "") -> Problem:
        """A problem of what stands at `place`."""
        return Problem(*self.at(*place), rule, message, hint, correction)

    @property
    def is_readable(self) -> bool:
        """Whether there is anything to go by."""
        return bool(self.data)

    @property
    def language(self) -> str:
        """The language of the site; "en" where mkdocs.yml says none that can be one."""
        theme = self.data.get("theme")
        language = theme.get("language") if isinstance(theme, dict) else None
        return language if isinstance(language, str) and re.match(LANGUAGE, language) else "en"

    @property
    def name(self) -> str:
        """What the site is called; "" where mkdocs.yml does not say."""
        return self._text("site_name")

    @property
    def url(self) -> str:
        """Where the site will stand; "" when nobody knows."""
        return self._text("site_url")

    @property
    def clinic(self) -> Any:
        """`extra.clinic`, where older sites have the settings of docs/_data/clinic.yml; None when there is none."""
        extra = self.data.get("extra")
        return extra.get("clinic") if isinstance(extra, dict) else None

    @property
    def extensions(self) -> dict[str, dict[str, Any]]:
        """The Markdown extensions with their settings, in MkDocs' order."""
        try:
            pairs: Any = _pairs(self.data.get("markdown_extensions"))
        except ValueError:
            pairs = []
        return {name: {} for name in BUILT_IN} | {str(name): settings for name, settings in pairs}

    def texts(self, key: str) -> list[str]:
        """The texts of a list, such as `hooks`; [] where there is none."""
        value = self.data.get(key)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def patterns(self, key: str) -> list[str]:
        """The lines of a text that holds patterns of files, such as `not_in_nav`."""
        return self._text(key).split("\n")

    def menu(self) -> Iterator[MenuEntry]:
        """Every page and address that the menu names, in its order."""
        yield from _menu(self.data.get("nav"), ("nav",))

    def _text(self, key: str) -> str:
        value = self.data.get(key)
        return value if isinstance(value, str) else ""

    def _wrong(self) -> Iterator[Problem]:
        """What MkDocs would refuse or warn of, and what this engine can't do without."""
        order: list[Place] = [(), (), *self.places]  # a number stands for each place, since two files have such a line
        lines = {place: number for number, place in enumerate(order) if place}
        for problem in validate(Keys, Document(self.file, self._data_to_check(), lines)).problems:
            yield self.problem(order[problem.line], problem.rule, problem.message, problem.hint)
        site = os.path.normpath(self._text("site_dir") or "site")
        if site in (".", "..", "docs") or site.startswith(("docs" + os.sep, ".." + os.sep + "docs" + os.sep)):
            message = f"'site_dir' can't be '{self._text('site_dir')}': the pages would be overwritten."
            yield self.problem(("site_dir",), Rule.VALUE_INVALID, message, "Choose a folder of its own, such as site.")
        yield from self._wrong_menu(self.data.get("nav"), ("nav",))

    def _data_to_check(self) -> dict[str, Any]:
        """Without the settings of a clinic, which have a file of their own: that is said once (`gate.clinic_rules`)."""
        extra = self.data.get("extra")
        if not isinstance(extra, dict) or "clinic" not in extra:
            return dict(self.data)
        return {**self.data, "extra": {key: value for key, value in extra.items() if key not in Clinic.model_fields}}

    def _wrong_menu(self, value: Any, place: Place) -> Iterator[Problem]:
        for n, item in enumerate(value if isinstance(value, list) else ()):
            below = next(iter(item.values())) if isinstance(item, dict) and len(item) == 1 else item
            if isinstance(item, dict) and isinstance(below, list):
                yield from self._wrong_menu(below, (*place, n, next(iter(item))))
            elif not isinstance(below, str) or not below:
                message = "A line of the menu must be a page, or a heading with pages below it."
                hint = "Write '- knee-pain.md', or '- Knees:' and its pages below it, indented."
                yield self.problem((*place, n), Rule.VALUE_INVALID, message, hint)


def _menu(value: Any, place: Place) -> Iterator[MenuEntry]:
    for n, item in enumerate(value if isinstance(value, list) else ()):
        title, below = next(iter(item.items())) if isinstance(item, dict) and len(item) == 1 else (None, item)
        if isinstance(below, str) and below:
            yield MenuEntry(place=(*place, n), target=below, title=title)
        else:
            yield from _menu(below, (*place, n, str(title)))


def _read(
    root: Path, file: str, below: tuple[str, ...]
) -> tuple[dict[str, Any], dict[Place, tuple[str, int]], list[Problem]]:
    """The values of a file, over those of the files it inherits from; and where each value is."""
    try:
        raw = contents(root / file)
    except OSError as error:
        what, hint = why(error)
        return {}, {}, [Problem(file, 1, Rule.KEY_MISSING, f"The file {what}.", hint)]
    document, problems = read_data(file, raw, _Settings)
    data, lines = dict(document.data), {place: (file, line) for place, line in document.lines.items()}
    parent = data.pop(_INHERIT, None)
    if parent is None:
        return data, lines, problems
    line = document.line(_INHERIT)
    if not isinstance(parent, str) or not holds(((root / file).parent / parent).is_file):
        message = f"There is no file '{parent}' to inherit from."
        return (
            data,
            lines,
            [*problems, Problem(file, line, Rule.VALUE_INVALID, message, "Write its path as seen from this file.")],
        )
    above = os.path.relpath((root / file).parent / parent, root).replace(os.sep, "/")
    if above in (*below, file):
        message = f"'{parent}' inherits from this file, too."
        return data, lines, [*problems, Problem(file, line, Rule.VALUE_INVALID, message, "Delete one of the two.")]
    inherited, places, wrong = _read(root, above, (*below, file))
    own = {place[0] for place in lines if place and not isinstance(data.get(str(place[0])), dict)}
    places = {place: at for place, at in places.items() if place[0] not in own}
    return _merged(inherited, data), {**places, **lines}, [*problems, *wrong]


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
