"""Build aside, swap last: whatever happens, the site is the old one or the new one, whole."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from hipknee.publish import exchange, locks, mounts, swap


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


def hidden(site: Path) -> Path:
    """What others keep in a site: a repository, a certificate's proof, links."""
    (site / ".git" / "refs").mkdir(parents=True)
    (site / ".git" / "config").write_text("token")
    (site / ".git" / "refs" / "main").write_text("1a2b")
    (site / ".git" / "link").symlink_to("config")
    (site / ".well-known" / "acme-challenge").mkdir(parents=True)
    (site / ".well-known" / "acme-challenge" / "proof").write_text("proof")
    (site / ".well-known" / "security.txt").write_text("of the old site")
    (site / ".nojekyll").write_text("old")
    (site / ".lost").symlink_to("nowhere")
    return site


HIDDEN = {
    ".git/config": "token",
    ".git/refs/main": "1a2b",
    ".git/link": "token",
    ".well-known/acme-challenge/proof": "proof",
    ".nojekyll": "new",
    ".lost": None,
}


def texts(folder: Path) -> dict[str, str | None]:
    files = [path for path in folder.rglob("*") if path.is_symlink() or path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text() if path.exists() else None for path in files}


def test_what_is_hidden_stays(tmp_path: Path) -> None:
    """It is no page, and the new site has a say in what it brings itself."""
    site = hidden(made(tmp_path / "site", "old"))
    aside = made(swap.begin(site), "new")
    (aside / ".nojekyll").write_text("new")
    swap.commit(aside, site, frozenset({".well-known/security.txt"}))
    assert texts(site) == {"index.html": "new", **HIDDEN}
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
    left, other = f".site-{'0' * 32}", f".sites-{'0' * 32}"
    mine = (".site-backup", f".site-{'0' * 31}", f".site-{'0' * 32}.zip", f"site-{'0' * 32}", ".siteness", other)
    for name in (left, *mine):
        os.utime(made(tmp_path / name, "half"), (0, 0))
    (tmp_path / f".site-{'1' * 32}").touch()
    running = swap.begin(site)
    assert names(tmp_path) == sorted([*mine, f".site-{'1' * 32}", "site", running.name])
    again = swap.begin(site)
    assert running.is_dir(), "somebody is building there"
    assert (site / "index.html").read_text() == "old"
    for aside in (running, again):
        swap.discard(aside)


def test_another_process_deletes_nothing_of_a_build_that_runs(tmp_path: Path) -> None:
    site = made(tmp_path / "site", "old")
    aside = swap.begin(site)
    os.utime(aside, (0, 0))
    code = f"from pathlib import Path; from hipknee.publish import swap; swap.discard(swap.begin(Path({str(site)!r})))"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert aside.is_dir()
    swap.discard(aside)


def test_two_builds_do_not_meet(tmp_path: Path) -> None:
    first, second = swap.begin(tmp_path / "site"), swap.begin(tmp_path / "site")
    assert first != second


# Places of all kinds


def no_exchange(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    monkeypatch.setattr(exchange, "swap", lambda one, other: False)


def mounted(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    monkeypatch.setattr(mounts, "_points", lambda: [site])


def holding_a_mount(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    monkeypatch.setattr(mounts, "_points", lambda: [site / ".well-known"])


def mounted_unseen(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    """The system refuses to move it, and to move files over to it."""

    def busy(one: Path, other: Path) -> bool:
        raise OSError(errno.EBUSY, "busy", str(other))

    replace = Path.replace

    def other_disk(path: Path, to: Path) -> Path:
        if site in Path(to).parents and site not in path.parents:
            raise OSError(errno.EXDEV, "other disk", str(path))
        return replace(path, to)

    monkeypatch.setattr(exchange, "swap", busy)
    monkeypatch.setattr(Path, "replace", other_disk)


def beside_is_anothers(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    mkdir = Path.mkdir

    def refused(path: Path, *arguments: object, **options: object) -> None:
        if path.parent == site.parent and path != site:
            raise PermissionError(errno.EACCES, "not yours", str(path))
        mkdir(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", refused)


PLACES: dict[str, Callable[[pytest.MonkeyPatch, Path], None]] = {
    "exchanged": lambda monkeypatch, site: None,
    "moved": no_exchange,
    "mounted": mounted,
    "holding a mount": holding_a_mount,
    "mounted, unseen": mounted_unseen,
    "beside is another's": beside_is_anothers,
}
OLD = {"index.html": "old", "a/index.html": "old", "assets/x.1.css": "1", "gone/x/index.html": "old", "b": "a file"}
NEW = {"index.html": "new", "a/index.html": "new", "assets/x.2.css": "2", "b/index.html": "new", "worker.js": "new"}


def filled(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def begun(site: Path) -> Path:
    aside = filled(swap.begin(site), NEW)
    (aside / ".nojekyll").write_text("new")
    return aside


BUILT = frozenset({".well-known/security.txt"})


@pytest.mark.parametrize("place", PLACES)
def test_the_new_site_is_there_wherever_it_stands(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = hidden(filled(tmp_path / "www" / "site", OLD))
    link = tmp_path / "link"
    link.symlink_to(site)
    PLACES[place](monkeypatch, site)
    for at in (site, link):
        swap.commit(begun(at), at, BUILT)
        found = texts(site)
        found.pop(".well-known/security.txt", None)  # in the place of the old site it stays until it is made again
        assert found == NEW | HIDDEN
        assert names(site.parent) == ["site"]
        assert not (site / "gone").exists()


@pytest.mark.parametrize("place", PLACES)
def test_a_build_that_fails_leaves_the_site_as_it_was(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = hidden(filled(tmp_path / "www" / "site", OLD))
    before = texts(site)
    PLACES[place](monkeypatch, site)
    swap.discard(begun(site))
    assert texts(site) == before
    assert names(site.parent) == ["site"]


def test_a_link_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(tmp_path / "disk" / "site")
    with pytest.raises(
        OSError, match=r"^'site' is a link to '.*site', which is not there\. Make that folder, or delete"
    ):
        swap.begin(tmp_path / "site")
    assert names(tmp_path) == ["site"]
    (tmp_path / "disk").mkdir()
    swap.commit(made(swap.begin(tmp_path / "site"), "new"), tmp_path / "site")
    assert (tmp_path / "disk" / "site" / "index.html").read_text() == "new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_web_server_may_read_all_of_it(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        site = tmp_path / "site"
        swap.commit(filled(swap.begin(site), NEW), site)
    finally:
        os.umask(before)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in [site, *site.rglob("*")]}
    assert modes == {True: 0o755, False: 0o644}


# Killed

CALLS = "rename replace mkdir unlink remove rmdir link symlink chmod utime".split()


def killed(at: int, work: Callable[[], None]) -> bool:
    """Whether a process was killed before its call number `at` of those that change a disk; else it has ended."""
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, 9)
        return status == 9
    count = 0

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def or_killed(*arguments: object, **options: object) -> object:
            nonlocal count
            if count == at:
                os._exit(9)
            count += 1
            return call(*arguments, **options)

        return or_killed

    try:
        for name in CALLS:
            setattr(os, name, counted(getattr(os, name)))
        exchange.swap = counted(exchange.swap)  # type: ignore[assignment]
        work()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork, and is killed the same way")
@pytest.mark.parametrize("place", PLACES)
def test_whoever_is_killed_loses_nothing(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each call that changes the disk: there is a whole site, and the next build makes the new one."""
    in_place = place not in ("exchanged", "moved")
    site = hidden(filled(tmp_path / "site", OLD))
    PLACES[place](monkeypatch, site)
    for at in range(999):
        if at:
            shutil.rmtree(tmp_path)
            tmp_path.mkdir()
            hidden(filled(site, OLD))
        aside = begun(site)
        locks.release(aside)  # the child has it
        was_killed = killed(at, lambda aside=aside: swap.commit(aside, site, BUILT))  # type: ignore[misc]
        if place == "moved" and not site.exists():
            swap.discard(swap.begin(site))
        pages = {name: text for name, text in texts(site).items() if "/." not in f"/{name}"}
        if in_place:
            assert all(text in (OLD.get(name), NEW.get(name)) for name, text in pages.items()), at
            assert OLD.keys() - {"b"} <= pages.keys() or NEW.keys() <= pages.keys(), at
        else:
            assert pages in (OLD, NEW), at
        kept = texts(site)
        assert HIDDEN.items() - {(".nojekyll", "new")} <= kept.items(), at
        swap.commit(begun(site), site, BUILT)
        kept = texts(site)
        kept.pop(".well-known/security.txt", None)
        assert kept == NEW | HIDDEN, at
        assert names(tmp_path) == ["site"], at
        if not was_killed:
            break
    assert not was_killed
    assert at >= 6
