"""One verdict: what the check tells, an editor sees on the page, and a build refuses; once, and in the same words."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from projects import Answer, Change, Server, Shared, append, both, check, edit, fixture, mkdocs, restore, write

TEAPOT, KNEE, ABOUT, SETTINGS = "docs/exercises/teapot-tip.md", "docs/wobbly-knee.md", "docs/about.md", "mkdocs.yml"
CLINIC = "docs/_data/clinic.yml"
GLOSSARY, SITE = "docs/glossary.md", "docs/_data/site.yml"
LINE = re.compile(r"(?:WARNING\s+-\s+)?(\S[^\n]*?:\d+: \[[a-z-]+\] .*)")
PAGE = "---\ntitle: Saucer\nsummary: Below.\nupdated: 2026-01-02\nreview: {status: awaiting}\n---\nRound.\n"


class Kind(NamedTuple):
    """One kind of mistake: how an author makes it, and what is told, without what it is told to do."""

    name: str
    change: Change
    finding: str
    page: str = "/about/"
    """A page that shows it."""


def link(path: str, target: str) -> Change:
    def change(project: Path) -> None:
        (project / path).symlink_to(target)

    return change


KINDS = [
    Kind("anchor", append(ABOUT, "\n[x](glossary.md#kettel)\n"), f"{ABOUT}:12: [link-broken] The link 'glossary.md#k"),
    Kind("own-anchor", append(ABOUT, "\n[x](#lid)\n"), f"{ABOUT}:12: [link-broken] The link '#lid' leads to a place"),
    Kind("id-of-the-page", append(TEAPOT, "\n## Steps\n"), f"{TEAPOT}:", "/exercises/teapot-tip/"),
    Kind("id-of-the-frame", append(ABOUT, "\n## Main\n"), f"{ABOUT}:12: [id-clash] The address '#main' is"),
    Kind(
        "glossary-id",
        edit(GLOSSARY, "terms:\n", "terms:\n  - {term: Spout lifter, means: It lifts.}\n"),
        f"{GLOSSARY}:",
        "/glossary/",
    ),
    Kind("remote-picture", append(ABOUT, "\n![x](https://tea.example/x.png)\n"), f"{ABOUT}:12: [image-missing]"),
    Kind("picture-without-way", append(ABOUT, "\n![x](teapot-tip/cat.png)\n"), f"{ABOUT}:12: [image-missing]"),
    Kind("menu-to-nothing", edit(SETTINGS, "- about.md", "- abuot.md"), f"{SETTINGS}:13: [link-broken]", "/"),
    Kind("page-without-menu", write("docs/saucer.md", PAGE), "docs/saucer.md:1: [page-unlisted]", "/saucer/"),
    Kind("menu-title", edit(SETTINGS, "- about.md", "- Us: about.md"), f"{SETTINGS}:13: [value-invalid]"),
    Kind("letter", append(ABOUT, "\nTea \U0001f375.\n"), f"{ABOUT}:12: [letter-missing]"),
    Kind(
        "letter-in-a-step",
        edit(TEAPOT, "Lean toward", "\U0001f375 Lean toward"),
        f"{TEAPOT}:",
        "/exercises/teapot-tip/",
    ),
    Kind("letter-of-the-clinic", write(CLINIC, "name: \U0001f375\n"), f"{CLINIC}:1: [letter"),
    Kind("old-name", edit(KNEE, "was: [", "was: [about, "), f"{KNEE}:4: [alias-clash]", "/wobbly-knee/"),
    Kind("one-address", write("docs/about/index.md", PAGE), "docs/about/index.md:1: [file-clash]"),
    Kind("sheet-address", write("docs/pdf/teapot-tip-a4.pdf", "x"), "docs/pdf/teapot-tip-a4.pdf:1: [file-clash]"),
    Kind("nested", append(ABOUT, "\n" + "> " * 120 + "x\n"), f"{ABOUT}:12: [nesting-deep]"),
    Kind("other-ending", write("docs/exercises/pot.markdown", PAGE), "docs/exercises/pot.markdown:1: [file-unknown]"),
    Kind("linked-folder", link("docs/more", "exercises"), "docs/more:1: [file-unknown]"),
    Kind("link-out", link("docs/secret.md", "/etc/hostname"), "docs/secret.md:1: [file-unknown]"),
    Kind("leftover", write("docs/~$about.docx", "x"), "docs/~$about.docx:1: [file-unknown]"),
    Kind("program", write("docs/x.html", "<script>1</script>"), "docs/x.html:1: [file-unknown]"),
    Kind(
        "twins", both(write("docs/assets/A.pdf", "x"), write("docs/assets/a.pdf", "y")), "docs/assets/a.pdf:1: [file-"
    ),
    Kind("unknown-key", append(SETTINGS, "navv: []\n"), f"{SETTINGS}:14: [key-unknown] There is no key 'navv'."),
    Kind("unknown-extra", append(SETTINGS, "extra: {clinics: {}}\n"), f"{SETTINGS}:14: [key-unknown]"),
    Kind("key-twice", append(SETTINGS, "site_name: Pot\n"), f"{SETTINGS}:14: [key-duplicate]"),
    Kind("ask-first", append(SITE, "ask_first: about.md#kettle\n"), f"{SITE}:", "/"),
    Kind("handler", append(ABOUT, '\nTea [@tealeaf-1899]{: onclick="x" }.\n'), f"{ABOUT}:"),
]


@pytest.fixture(scope="module")
def teapots(shared: Shared) -> Path:
    return shared("verdict", lambda at: fixture(at))


@pytest.fixture(scope="module")
def project(teapots: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(teapots, tmp_path_factory.mktemp("verdict") / "teapots"))


@pytest.fixture(scope="module")
def server(project: Path) -> Iterator[Server]:
    with Server(project) as server:
        yield server


def findings(output: str) -> list[str]:
    return [match[1] for row in output.splitlines() if (match := LINE.fullmatch(row.strip()))]


def text(answer: Answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_check_page_and_build_say_the_same(kind: Kind, project: Path, teapots: Path, server: Server) -> None:
    kind.change(project)
    try:
        silent = check("--root", project)
        (finding,) = silent.stdout.splitlines()  # one fault, one message
        assert finding.startswith(kind.finding)
        assert silent.returncode == 1
        built = mkdocs(project, "build")
        assert built.returncode == 1
        assert findings(built.stdout) == [finding]
        assert built.stdout.count("WARNING") == 1, built.stdout
        assert not (project / "site").exists()
        path, rule, message = re.fullmatch(r"(.+?):\d+: \[([a-z-]+)\] (.+)", finding).groups()  # type: ignore[union-attr]
        for page in (kind.page, "/problems/"):
            server.wait(page, lambda answer: message in text(answer))
            shown = text(server.get(page))
            assert rule in shown
            assert path in shown
            assert shown.count(message) == 1
    finally:
        for path in (project / "docs/more", project / "docs/secret.md"):
            if path.is_symlink():
                path.unlink()
        restore(project, teapots)
