"""What is handed to web servers: the settings themselves, and what a real nginx does with them."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import brotli
import pytest
import web_server
import yaml
from browser import Watched
from hipknee import fingerprints
from hipknee.publish import hosting, policy
from playwright.sync_api import Browser, expect
from projects import dist, edit, mkdocs, tree, words
from web_server import ask

SAY = words()
MOUNTS = ("/", "/hips/")


@pytest.fixture(scope="session", params=MOUNTS)
def served(
    request: pytest.FixtureRequest, at_root: Path, in_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str, Path]]:
    """Address, path of the site on the server, and its folder; with files beside it that nobody should see."""
    made = at_root if request.param == "/" else in_folder
    folder = tmp_path_factory.mktemp("nginx")
    site = Path(shutil.copytree(made / "site", folder / "www" / "site"))
    for secret in ("site/.git/config", "site/_data/site.yml", "site/index.md", "site/.env", "site/x.bak", "secret.txt"):
        (folder / "www" / secret).parent.mkdir(parents=True, exist_ok=True)
        (folder / "www" / secret).write_text("secret")
    with web_server.running((made / "hosting" / "nginx.conf").read_text(), site, folder) as address:
        yield address, request.param, site


# nginx


def test_headers_of_every_answer(served: tuple[str, str, Path]) -> None:
    address, mount, site = served
    value = policy.policy()
    asset = next(path.relative_to(site).as_posix() for path in site.glob("assets/stylesheets/site.*.css"))
    for path, status in (
        ("", 200),
        ("exercises/teapot-tip/", 200),
        (asset, 200),
        ("nowhere", 404),
        ("assets/fonts/x.woff2", 404),
    ):
        answer, _ = ask(address, mount + path)
        assert answer.status == status
        assert answer.getheader("Content-Security-Policy") == value
        for name, expected in hosting.HEADERS.items():
            assert answer.getheader(name) == expected, f"{name} of {path}"
        assert answer.getheader("Cache-Control") == (hosting.FOREVER if path == asset else hosting.ANEW)
        assert answer.getheader("Server") == "nginx"  # and not which


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [("", None), ("gzip", "gzip"), ("br", "br"), ("gzip, deflate, br", "br"), ("identity", None)],
)
def test_compression(served: tuple[str, str, Path], accepts: str, encoding: str | None) -> None:
    address, mount, site = served
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    kinds = {"index.html": "text/html; charset=utf-8", "exercise.schema.json": "application/json; charset=utf-8"}
    kinds |= {p.relative_to(site).as_posix(): "text/css; charset=utf-8" for p in site.glob("assets/stylesheets/*.css")}
    kinds |= {
        p.relative_to(site).as_posix(): "application/javascript; charset=utf-8"
        for p in site.glob("assets/javascripts/*.js")
    }
    for name, kind in kinds.items():
        plain = (site / name).read_bytes()
        answer, body = ask(address, mount + name, Accept_Encoding=accepts)
        has = encoding and (site / f"{name}.{'gz' if encoding == 'gzip' else encoding}").is_file()
        assert answer.getheader("Content-Encoding") == (encoding if has else None), name
        assert (unpack(body) if has else body) == plain
        assert answer.getheader("Content-Type") == kind
        # A cache on the way must not hand one reader's packing to another.
        assert ("Accept-Encoding" in (answer.getheader("Vary") or "")) == (site / f"{name}.gz").is_file()


def test_the_error_page(served: tuple[str, str, Path]) -> None:
    address, mount, site = served
    for path in ("nowhere", "nowhere/else/", "exercises/nowhere/"):
        answer, body = ask(address, mount + path)
        assert answer.status == 404
        assert body == (site / "404.html").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        ".git/config", ".env", "_data/site.yml", "_headers", "index.md", "x.bak", "index.html.gz", "index.html.br",
        "../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "assets/../../secret.txt", "assets../secret.txt",
        "assets/%2e%2e/%2e%2e/secret.txt", "..%5csecret.txt", "index.html%00.md", "//../secret.txt", "a/.git/config",
        "assets/", "pdf/", "%2egit/config", "_data%2fsite.yml",
    ],
)  # fmt: skip
def test_what_nobody_should_see(served: tuple[str, str, Path], path: str) -> None:
    address, mount, _ = served
    answer, body = ask(address, mount + path)
    assert answer.status in (400, 403, 404), path
    assert b"secret" not in body
    assert b"Index of" not in body


def test_only_reading(served: tuple[str, str, Path]) -> None:
    address, mount, _ = served
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert ask(address, mount, method)[0].status in (403, 405)
    answer, body = ask(address, mount, "HEAD")
    assert (answer.status, body) == (200, b"")


def test_asking_again_costs_nothing(served: tuple[str, str, Path]) -> None:
    address, mount, _ = served
    answer, _ = ask(address, mount)
    for name, asked in (("ETag", "If_None_Match"), ("Last-Modified", "If_Modified_Since")):
        again, body = ask(address, mount, **{asked: answer.getheader(name) or ""})
        assert (again.status, body) == (304, b"")
        assert again.getheader("Content-Security-Policy")


def test_a_folder_without_its_slash(served: tuple[str, str, Path]) -> None:
    address, mount, _ = served
    answer, _ = ask(address, f"{mount}wobbly-knee")
    assert (answer.status, answer.getheader("Location")) == (301, f"{mount}wobbly-knee/")


def test_every_page_under_the_policy(served: tuple[str, str, Path], browser: Browser) -> None:
    """In Chromium, through nginx with its header: nothing is refused, nothing else is asked for, all works."""
    address, mount, site = served
    home = f"http://{address}{mount}"
    whole = (path for path in site.rglob("index.html") if "<main" in path.read_text("utf-8"))  # and no old address
    pages = sorted(path.parent.relative_to(site).as_posix() for path in whole)
    assert len(pages) >= 9
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        context.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => console.error('refused', e.violatedDirective))"
        )
        page = context.new_page()
        watched = Watched(page, home)
        for name in pages:
            answer = page.goto(home + ("" if name == "." else f"{name}/"))
            assert answer
            assert answer.headers["content-security-policy"] == policy.policy()
            page.locator(".colors").click()
            page.locator(".menu-open").click()
            page.keyboard.press("Escape")
            if page.locator("form.filters").count():
                page.locator("form.filters select").first.select_option(index=1)
                expect(page.locator("form.filters [role=status]")).not_to_be_empty()
        assert (watched.complaints, watched.abroad) == ([], [])
        assert context.cookies() == []
        assert page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.harm = 1\">')")
        page.evaluate(
            "document.head.append(Object.assign(document.createElement('script'), { text: 'window.harm = 1' }))"
        )
        page.wait_for_timeout(50)
        assert page.evaluate("window.harm") is None
        assert len(watched.complaints) >= 2  # so the browser would have said


# The settings


def test_a_name_that_is_kept_for_ever_holds_a_hash(at_root: Path) -> None:
    site = at_root / "site"
    kept = [name for name in tree(site) if name.startswith(fingerprints.FOLDERS) and name[-3:] not in (".gz", ".br")]
    assert len(kept) > 40
    plain = [name for name in kept if not re.search(r"[.-][0-9a-f]{8,10}\.", name)]
    assert plain == ["assets/fonts/OFL.txt"]  # a licence, which nobody changes


def test_what_other_servers_are_told(at_root: Path) -> None:
    text = (at_root / "site" / "_headers").read_text("utf-8")
    assert max(map(len, text.splitlines())) < 2000  # the limit of Cloudflare Pages
    for name, value in hosting.HEADERS.items():
        assert f"  {name}: {value}\n" in text
    assert f"  Content-Security-Policy: {policy.policy()}\n" in text
    workflow = yaml.safe_load((at_root / "hosting" / "github-pages.yml").read_text("utf-8"))
    steps = workflow["jobs"]["publish"]["steps"]
    assert "make build" in [step.get("run") for step in steps]
    assert {"path": "site"} in [step.get("with") for step in steps]


def test_the_same_bytes_twice(at_root: Path, tmp_path: Path) -> None:
    project = tmp_path / "again"
    shutil.copytree(at_root.parent / "site", project / "site")
    shutil.copy(at_root.parent / "mkdocs.yml", project)
    done = dist(project)
    assert "dist/the-teapot-clinic.zip: to unzip and open from a folder" in done.stdout
    assert tree(project / "dist" / "site") == tree(at_root / "site")


def test_no_site_no_dist(tmp_path: Path) -> None:
    done = dist(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no built site in site/. Run 'make build' first.\n"


def test_a_dist_that_fails_leaves_the_old_one(built: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(built, tmp_path / "project"))
    assert dist(project).returncode == 0
    before = tree(project / "dist")
    (project / "site" / "loop").symlink_to("nowhere")
    done = dist(project)
    assert (done.returncode, done.stdout) == (1, "")
    assert "site/loop:1: [file-damaged]" in done.stderr
    assert tree(project / "dist") == before
    (project / "site" / "loop").unlink()
    shutil.rmtree(project / "dist" / "hosting")
    (project / "dist" / "hosting").touch()
    before = tree(project / "dist")
    done = dist(project)
    assert done.returncode == 1
    assert done.stderr.startswith("dist/ could not be written. It is unchanged.")
    assert tree(project / "dist") == before


def test_what_is_hidden_is_in_no_dist(built: Path, tmp_path: Path) -> None:
    """A site that is pushed somewhere holds a repository, with a token in its settings."""
    project = Path(shutil.copytree(built, tmp_path / "project"))
    for name in (".git/config", ".well-known/acme-challenge/proof", ".DS_Store", "exercises/.env"):
        path = project / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("token")
    assert dist(project).returncode == 0
    assert not [name for name in tree(project / "dist" / "site") if "/." in f"/{name}"]
    with ZipFile(next((project / "dist").glob("*.zip"))) as packed:
        assert not [name for name in packed.namelist() if "/." in name]


def test_a_page_that_the_policy_would_break_is_not_published(project: Path) -> None:
    """A template of the theme, an extension or a hook can bring it in."""
    before = tree(project / "site")
    edit("hooks/overrides/main.html", "<main ", '<main onload="tea()" style="color:red" ')(project)
    edit("hooks/overrides/main.html", "</head>", "<script>window.tea = 1</script></head>")(project)
    done = mkdocs(project, "build")
    assert done.returncode == 1
    assert "value-invalid] 'onload=\"tea()\"' is in a page" in done.stdout
    assert "'style=\"color:red\"'" in done.stdout
    assert "'<script>' is in a page, but the Content-Security-Policy would block it." in done.stdout
    assert tree(project / "site") == before
