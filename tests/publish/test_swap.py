"""Build aside, swap last: whatever happens, the site is the old one or the new one, whole."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hipknee.publish import swap


def made(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    site = made(tmp_path / "site", "old")
    (site / "gone.html").touch()
    aside = swap.begin(site)
    assert aside.parent == tmp_path
    assert names(aside) == []
    made(aside, "new")
    assert (site / "index.html").read_text() == "old"
    swap.commit(aside, site)
    assert (site / "index.html").read_text() == "new"
    assert names(site) == ["index.html"]
    assert names(tmp_path) == ["site"]


def test_the_first_site(tmp_path: Path) -> None:
    site = tmp_path / "very" / "deep" / "site"
    aside = made(swap.begin(site), "new")
    assert not site.exists()
    swap.commit(aside, site)
    assert (site / "index.html").read_text() == "new"
    assert names(site.parent) == ["site"]


def test_a_build_that_failed_leaves_nothing(tmp_path: Path) -> None:
    site = made(tmp_path / "site", "old")
    aside = made(swap.begin(site), "half")
    swap.discard(aside)
    assert names(tmp_path) == ["site"]
    assert (site / "index.html").read_text() == "old"
    swap.discard(aside)  # nothing is left to delete, and that is fine


def test_a_swap_that_fails_puts_the_old_site_back(tmp_path: Path) -> None:
    site = made(tmp_path / "site", "old")
    with pytest.raises(OSError, match="nowhere"):
        swap.commit(tmp_path / "nowhere", site)
    assert (site / "index.html").read_text() == "old"
    assert names(tmp_path) == ["site"]


def test_what_is_hidden_stays(tmp_path: Path) -> None:
    """Such as .git or .well-known: it is no page, and the new site has a say in what it brings itself."""
    site = made(tmp_path / "site", "old")
    (site / ".git").mkdir()
    (site / ".nojekyll").write_text("old")
    aside = made(swap.begin(site), "new")
    (aside / ".nojekyll").write_text("new")
    swap.commit(aside, site)
    assert names(site) == [".git", ".nojekyll", "index.html"]
    assert (site / ".nojekyll").read_text() == "new"
    assert names(tmp_path) == ["site"]


def test_a_file_where_the_site_should_be(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(NotADirectoryError, match="site"):
        swap.begin(tmp_path / "site")
    assert names(tmp_path) == ["site"]
    assert (tmp_path / "site").read_text() == "mine"


def test_a_link_to_the_site_stays_a_link(tmp_path: Path) -> None:
    site = made(tmp_path / "www" / "site", "old")
    link = tmp_path / "site"
    link.symlink_to(site)
    swap.commit(made(swap.begin(link), "new"), link)
    assert link.is_symlink()
    assert (site / "index.html").read_text() == "new"
    assert names(tmp_path / "www") == ["site"]


def test_what_killed_builds_left_is_deleted_and_nothing_else(tmp_path: Path) -> None:
    site = made(tmp_path / "site", "old")
    long_ago = time.time() - 7200
    for name in (".site-killed", ".site-running", ".sites-other", "site-mine", ".siteness"):
        made(tmp_path / name, "half")
        if name != ".site-running":
            os.utime(tmp_path / name, (long_ago, long_ago))
    (tmp_path / ".site-note").touch()
    os.utime(tmp_path / ".site-note", (long_ago, long_ago))
    os.utime(site, (long_ago, long_ago))
    aside = swap.begin(site)
    assert names(tmp_path) == sorted(
        [".site-note", ".site-running", ".siteness", ".sites-other", "site", "site-mine", aside.name]
    )
    assert (site / "index.html").read_text() == "old"


def test_two_builds_do_not_meet(tmp_path: Path) -> None:
    first, second = swap.begin(tmp_path / "site"), swap.begin(tmp_path / "site")
    assert first != second
