"""The site that is published: whole, plain, careful in what it says, and guarded by the gate."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import yaml
from hipknee.content import catalogue
from hipknee.content.catalogue import words_of
from hipknee.content.model import Bounds, Level
from hipknee.gate import gate
from hipknee.gate.readability import Reading, long_sentences, reader, syllables
from hipknee.pages.presented import help_lines
from hipknee.programme.code import FIRST_DAY, Item, Programme, write
from hipknee.programme.reading import read
from hipknee.programme.repertoire import Repertoire
from projects import LANGUAGE, ROOT, delete, edit, mkdocs, tree
from selectolax.lexbor import LexborHTMLParser

EXERCISES = sorted(path.stem for path in ROOT.glob("docs/exercises/*.md") if path.stem != "index")
CONTENT = catalogue.load(ROOT)
SITE = CONTENT.site.document.data
WORDS = words_of(ROOT, LANGUAGE)
PAGES = sorted(path.relative_to(ROOT / "docs").as_posix() for path in ROOT.glob("docs/**/*.md"))


def front_matter(slug: str) -> dict[str, object]:
    return dict(yaml.safe_load((ROOT / "docs" / "exercises" / f"{slug}.md").read_text("utf-8").split("\n---\n")[0]))


def article(real: Path, page: str) -> LexborHTMLParser:
    built = page.removesuffix(".md").removesuffix("index")
    html = (real / "site" / built / "index.html").read_text("utf-8")
    found = LexborHTMLParser(html).css_first("article")
    assert found
    return LexborHTMLParser(found.html or "")


LABELS = "h1, h2, h3, h4, dl, figcaption, summary, form, nav, .role, .mark"
BLOCKS = re.compile(r"</?(?:p|li|div|section|aside|figure|details|table|t[dhr]|ul|ol)\b[^>]*>")


def prose(real: Path, page: str) -> str:
    """What a reader reads, each block on a line of its own. Without labels, which would make any page look easy."""
    tree = article(real, page)
    for node in tree.css(f"{LABELS}, .sources, .cite, code, script"):
        node.decompose()
    return LexborHTMLParser(BLOCKS.sub("\n", tree.html or "")).text()


@pytest.mark.parametrize("slug", EXERCISES)
def test_an_exercise_says_what_a_patient_would_call_it_and_how_hard_it_is(slug: str) -> None:
    page = front_matter(slug)
    assert len(str(page["plain"]).split()) <= 8
    assert page["level"] in [*Level]


def test_patients_can_begin_gently() -> None:
    levels = [front_matter(slug)["level"] for slug in EXERCISES]
    assert {*levels} == {*Level}
    assert levels.count("gentle") >= 2


def test_every_page_is_built(real: Path) -> None:
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:\n")[1].split("\nnot_in_nav")[0]
    named = [line.removeprefix("  - ") for line in nav.splitlines()]
    programmes = {f"programmes/{slug}.md" for slug in CONTENT.programmes}
    assert {*named, *programmes, *(f"exercises/{slug}.md" for slug in EXERCISES)} == {*PAGES}
    for page in PAGES:
        assert (article(real, page).css_first("h1").text() or "").strip()


# How it reads

NOT_PROSE = ("glossary.md", "about.md")


@pytest.mark.parametrize("page", [page for page in PAGES if page not in NOT_PROSE])
def test_plain_words(real: Path, page: str) -> None:
    read = reader(LANGUAGE)
    if read is None:
        pytest.skip("There is no formula for this language.")
    reading = read(prose(real, page))
    long = long_sentences(reading)
    assert reading.words > 50
    assert reading.grade <= 6.9, f"grade {reading.grade:.2f}"
    assert len(long) <= len(reading.sentences) / 6, "\n".join(long)
    if len(reading.sentences) >= 30:
        assert smog(reading) <= 8


def smog(reading: Reading) -> float:
    """The grade by long words alone (McLaughlin, Journal of Reading 12(8), 1969), which needs 30 sentences."""
    long = sum(syllables(word) >= 3 for sentence in reading.sentences for word in re.findall(r"[A-Za-z'’]+", sentence))
    return float(1.043 * (long * 30 / len(reading.sentences)) ** 0.5 + 3.1291)


@pytest.mark.parametrize("slug", EXERCISES)
def test_plain_steps(slug: str) -> None:
    read = reader(LANGUAGE)
    if read is None:
        pytest.skip("There is no formula for this language.")
    steps = [step.text for step in CONTENT.exercises[slug].value.steps]
    assert len(steps) <= 6
    assert read("\n".join(steps)).grade <= 6


# What it never says, but in the denials and quotations that are listed.

FORBIDDEN = [
    r"prevents? (?:knee|hip) pain",
    r"\bcures?\b|\bcured\b|\bcuring\b",
    r"\bregrow",
    r"\bguarantee",
    r"\bisolat",
    r"\bbest exercise",
    r"\breviewed by\b",
    r"\bendors",
    r"\b(?:100|hundred) ?(?:%|percent)",
    r"\bpain[- ]free\b",
    r"\bproven\b|\bproves?\b",
    r"\bmiracle|\bsecret\b",
    r"\bclinically (?:proven|tested)",
    r"\bfix(?:es)? your (?:knee|hip)",
    r"\balways works?\b",
    r"\bno pain,? no gain\b",
    r"\bwill (?:heal|cure|stop your pain)",
]
ALLOWED = [
    "These moves are not a cure for arthritis.",
    "The moves are not a cure for arthritis.",
    "It does not cure arthritis.",
    "It does not regrow cartilage.",
    "It is not a cure-all.",
    "It is not a cure.",
    "No cure is known.",
    "JOI does not run, review or endorse this site.",
]


@pytest.mark.parametrize("page", PAGES)
def test_claims_that_nobody_can_make(real: Path, page: str) -> None:
    tree = article(real, page)
    if "review: {status: reviewed" in (ROOT / "docs" / page).read_text("utf-8"):
        tree.css_first("p.review").decompose()
    text = " ".join(tree.text().split())
    titles = [source["title"] for source in CONTENT.sources.document.data.values() if "title" in source]
    titles.sort(key=len, reverse=True)  # a short one stands in a long one
    for words in (*ALLOWED, *titles):  # what others call their papers is no claim of ours
        text = text.replace(words, "")
    found = [match for pattern in FORBIDDEN for match in re.finditer(pattern, text, re.IGNORECASE)]
    assert [text[max(0, match.start() - 60) : match.end() + 40] for match in found] == []


# What must stand on every page of a kind


@pytest.mark.parametrize("slug", EXERCISES)
def test_an_exercise_is_safe_to_follow(real: Path, slug: str) -> None:
    found = article(real, f"exercises/{slug}.md")
    stop = [" ".join(node.text().split()) for node in found.css(".stop li, .stop p")]
    assert [*SITE["pain_rule"]] == stop[: len(SITE["pain_rule"])]
    assert {*SITE["stop_rules"], *help_lines(SITE["stop_help"])} <= {*stop}
    foot = " ".join(found.css_first(".review").text().split())
    assert SITE["disclaimer"] in foot
    front = front_matter(slug)
    review = dict(front["review"])  # type: ignore[call-overload]
    assert (WORDS["review_awaiting"] if review["status"] == "awaiting" else review["by"]) in foot
    assert len(found.css("ol.steps li")) == len(front["steps"])  # type: ignore[arg-type]
    stills = {"start", "finish", "hold", "way_back"} & {*front["images"]}  # type: ignore[misc]
    assert len(found.css(":is(.pictures, .views) figure:not(.detail) > picture img")) == len(stills) >= 1
    assert len(found.css(".strip img")) == len(stills)


@pytest.mark.parametrize("slug", SITE["conditions"])
def test_red_flags_come_first(real: Path, slug: str) -> None:
    found = article(real, f"{slug}.md")
    headings = [node.attributes.get("id") for node in found.css("h2, h3")]
    assert headings[:4] == ["red-flags", "emergency", "same-day", "book"]
    assert CONTENT.emergency_number in found.css_first("#emergency").text()
    assert all(found.css(f".flag.{tier} li") for tier in ("emergency", "same-day", "book"))


def test_every_page_says_that_it_is_no_advice(real: Path) -> None:
    for page in PAGES:
        assert SITE["disclaimer"] in " ".join(article(real, page).css_first(".review").text().split()), page


def test_nothing_is_asked_of_another_host(real: Path) -> None:
    """Every address that a browser opens by itself is the site's own. Readers may follow links."""
    asked = []
    for path in real.glob("site/**/*.html"):
        for node in LexborHTMLParser(path.read_text("utf-8")).css(
            "[src], [srcset], link[href], form[action], [poster]"
        ):
            values = [node.attributes.get(key) for key in ("src", "srcset", "href", "action", "poster", "data")]
            asked += [(path.name, value) for value in values if value and urlsplit(value).netloc]
    for path in real.glob("site/**/*.css"):
        asked += [
            (path.name, at)
            for at in re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//.{0,60}", path.read_text("utf-8"))
        ]
    assert asked == []


# Sources


def test_every_source_is_used() -> None:
    """What no page, muscle, movement, note or rule names is only there to be taken for more reading than there was."""

    def strings(value: Any) -> Iterator[str]:
        match value:
            case str():
                yield value
            case dict():
                for one in value.values():
                    yield from strings(one)
            case list():
                for one in value:
                    yield from strings(one)

    sources = CONTENT.sources.document.data
    entries = (*CONTENT.pages.values(), *CONTENT.data, *CONTENT.of_programmes)
    used = {text for entry in entries if entry is not CONTENT.sources for text in strings(entry.document.data)}
    assert sources.keys() - used == set()


def test_a_page_lists_every_source_and_the_page_about_the_site_leads_to_it(real: Path) -> None:
    listed = [node.attributes["id"] or "" for node in article(real, "sources.md").css(".sources li")]
    sources = CONTENT.sources.document.data
    shorts = [str(sources[id_.removeprefix("source-")]["short"]).casefold() for id_ in listed]
    assert len(listed) == len(sources)
    assert shorts == sorted(shorts)
    about = article(real, "about.md")
    assert len(about.css(".sources li")) == len(CONTENT.pages["about.md"].part(lambda page: page.evidence) or [])
    assert "../sources/" in [link.attributes["href"] for link in about.css("a")]


# Programmes


def test_every_exercise_can_be_in_a_programme() -> None:
    repertoire = Repertoire.of(CONTENT)
    assert {member.slug for member in repertoire.members.values()} == {*EXERCISES}
    for entry in CONTENT.exercises.values():
        exercise = entry.value
        assert exercise
        assert exercise.bounds == Bounds(), "ours are the widest"
        dose = exercise.dose
        item = Item(exercise.code or "", dose.sets[0], dose.reps, dose.time, dose.hold, days=dose.days_per_week[0])
        text = write(Programme(FIRST_DAY, (item,)))
        assert read(text, repertoire).items == (item,)


def test_notes_are_short_sentences() -> None:
    notes = CONTENT.notes.part(lambda notes: notes.notes) or {}
    assert 18 <= len(notes) <= 30
    assert [*notes] == [f"{number:02}" for number in range(1, len(notes) + 1)]
    read_text = reader(LANGUAGE)
    assert read_text
    for text in notes.values():
        assert text.endswith((".", "?")), text
        assert len(text.split()) <= 16, text
        assert not [*long_sentences(read_text(text))], text


def test_codes_and_notes_are_never_taken_away() -> None:
    """What stood in an earlier version of the lists stands there now: whoever deletes a line is told here."""

    def versions(path: str) -> Iterator[dict[str, Any]]:
        log = subprocess.run(
            ["git", "log", "--format=%H", "--", path], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()
        assert log, f"{path} has no history: this test needs a clone with all of it"
        for commit in log:
            shown = subprocess.run(["git", "show", f"{commit}:{path}"], cwd=ROOT, capture_output=True, check=False)
            if shown.returncode == 0:
                yield yaml.safe_load(shown.stdout.decode("utf-8")) or {}

    codes = CONTENT.codes.document.data
    for before in versions("docs/_data/codes.yml"):
        assert {code: codes.get(code) for code in before} == before
    for before in versions("docs/_data/notes.en.yml"):
        assert {*before["notes"]} <= {*(CONTENT.notes.part(lambda notes: notes.notes) or ())}


# What the gate holds: no picture, no target muscle and no step can go missing unnoticed.


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content alone, to take things out of. Each test puts back what it took."""
    root = tmp_path_factory.mktemp("content")
    for name in ("docs", "images"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def without_pictures(slug: str) -> Iterator[tuple[str, str, str]]:
    """What is taken away: its name, the file, and in it the text that goes ("" for all of it)."""
    text = (ROOT / "docs" / "exercises" / f"{slug}.md").read_text("utf-8")
    for file in re.findall(r"file: ([\w./-]+)", text):
        yield file, f"images/{file}", ""


PRIME = {muscle for movement in CONTENT.vocabulary.value.movements.values() for muscle in movement.prime}
"""What some movement is mostly the work of. That another target is missing, nothing on the page tells."""


def without_muscles(slug: str) -> Iterator[tuple[str, str, str]]:
    path = f"docs/exercises/{slug}.md"
    for primary in re.finditer(r"primary: \[([^\]]*)\]", (ROOT / path).read_text("utf-8")):
        muscles = primary[1].split(", ")
        for muscle in filter(PRIME.__contains__, muscles):
            left = ", ".join(other for other in muscles if other != muscle)
            yield muscle, path, f"{primary[0]}→primary: [{left}]"


def without_steps(slug: str) -> Iterator[tuple[str, str, str]]:
    path = f"docs/exercises/{slug}.md"
    text = re.split(r"\nsteps:.*\n", (ROOT / path).read_text("utf-8"), maxsplit=1)[1]  # a note may follow the key
    for line in re.match(r"(?:  - .*\n(?:   +.*\n)*)+", text)[0].split("\n  - "):  # type: ignore[index]
        step = f"  - {line.removeprefix('  - ')}".rstrip("\n") + "\n"
        yield step.split(":")[0].strip(" -"), path, f"{step}→"


TAKEN = {"picture": without_pictures, "muscle": without_muscles, "step": without_steps}


class Missing(NamedTuple):
    """What is taken out of an exercise: the file, and in it the text that goes ("" for all of it)."""

    slug: str
    name: str
    path: str
    change: str

    def make(self, project: Path) -> None:
        (edit(self.path, *self.change.split("→")) if self.change else delete(self.path))(project)


MISSING = {
    (kind, number): [Missing(slug, *cases[number]) for slug in EXERCISES if len(cases := [*taken(slug)]) > number]
    for kind, taken in TAKEN.items()
    for number in range(max(len([*taken(slug)]) for slug in EXERCISES))
}
"""The first picture of every exercise, the second, and so on: each exercise misses one thing at a time."""


@pytest.mark.parametrize(("kind", "number"), MISSING)
def test_nothing_goes_missing_unnoticed(content: Path, kind: str, number: int) -> None:
    missing = MISSING[kind, number]
    kept = {case.path: (content / case.path).read_bytes() for case in missing}
    try:
        for case in missing:
            case.make(content)
        problems = gate.check(content).problems
    finally:
        for path, text in kept.items():
            (content / path).write_bytes(text)
    pages = {f"docs/exercises/{case.slug}.md": case.name for case in missing}
    assert {problem.path for problem in problems} == pages.keys()
    for problem in problems:
        lines = (ROOT / problem.path).read_text("utf-8").split("\n")
        assert 1 < problem.line <= lines.index("---", 1), pages[problem.path]


def test_a_real_build_stops_too(real: Path, tmp_path: Path) -> None:
    """One of each kind, with nothing published."""
    before = tree(real / "site")
    for kind in TAKEN:
        case = MISSING[kind, 0][0]
        project = Path(shutil.copytree(real, tmp_path / kind))
        case.make(project)
        done = mkdocs(project, "build")
        assert done.returncode == 1
        assert f"docs/exercises/{case.slug}.md:" in done.stdout
        assert "Traceback" not in done.stdout
        assert tree(project / "site") == before
        shutil.rmtree(project)
