"""What is handed to web servers: the settings themselves, and what real servers do with them.

A test of a server goes through a whole table: every row of it that fails is told, by its name.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import ZipFile

import brotli
import pytest
import web_server
import yaml
from browser import Watched
from hipknee import fingerprints
from hipknee.publish import hosting, policy
from playwright.sync_api import Browser, expect
from projects import ROOT, dist, edit, hand_out, mkdocs, tree, words
from web_server import ask

SAY = words()
MOUNTS = ("/", "/hips/")


class Served(NamedTuple):
    """The site on a real server, with files beside it that nobody should see."""

    server: str
    address: str
    mount: str
    site: Path


HOSTS = [(server, mount) for server in web_server.SERVERS for mount in MOUNTS]


@pytest.fixture(scope="session", params=HOSTS, ids=" ".join)
def served(request: pytest.FixtureRequest, at_root: Path, in_folder: Path) -> Iterator[Served]:
    server, mount = request.param
    dist = at_root if mount == "/" else in_folder
    with TemporaryDirectory() as temporary:  # pytest's own are closed to whom Apache runs as
        yield from serve(server, mount, dist, Path(temporary))


def serve(server: str, mount: str, dist: Path, folder: Path) -> Iterator[Served]:
    site = Path(shutil.copytree(dist / "site", folder / "www" / "site"))
    for name in BESIDE:
        (folder / "www" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "www" / name).write_text("secret")
    proof = site / ".well-known" / "acme-challenge" / "proof"
    proof.parent.mkdir(parents=True, exist_ok=True)
    proof.write_text("proof")
    shutil.copy(ROOT / "hooks" / "overrides" / "partials" / "logo.svg", site / "assets" / "pictures" / "drawing.svg")
    with web_server.serving(server, dist, mount, site, folder) as address:
        yield Served(server, address, mount, site)


BESIDE = """
site/.git/config site/.git/index.html site/_data/site.yml site/index.md site/.env site/x.bak site/x.sh
site/.well-known/.env secret.txt
""".split()
UNSEEN = """
.git/config .git/ .git/index.html .env .well-known/.env _data/site.yml _headers .htaccess index.md x.bak x.sh
index.html.gz index.html.br ../secret.txt ..%2fsecret.txt %2e%2e/secret.txt assets/../../secret.txt
assets../secret.txt assets/%2e%2e/%2e%2e/secret.txt ..%5csecret.txt index.html%00.md //../secret.txt a/.git/config
assets/ pdf/ %2egit/config _data%2fsite.yml .well-known/%2eenv .well-known/../.env x.%62ak
""".split()


class Row(NamedTuple):
    """What is expected of an answer, from every server."""

    pattern: str
    """Of a file below the site, of which the first is asked for; or a path, when there is none."""
    kind: str
    """A regular expression for the whole Content-Type."""
    status: int = 200
    keep: str = hosting.ANEW
    of_folder: bool = False
    """Whether it is asked for by the name of its folder."""


JAVASCRIPT = r"(application|text)/javascript; charset=utf-8"
HTML, PLAIN, JSON = r"text/html; charset=utf-8", r"text/plain; charset=utf-8", r"application/json; charset=utf-8"
ROWS = {
    "the home page": Row("index.html", HTML, of_folder=True),
    "a page": Row("exercises/teapot-tip/index.html", HTML, of_folder=True),
    "a page by its file": Row("exercises/teapot-tip/index.html", HTML),
    "the page of what is missing": Row("404.html", HTML),
    "a missing page": Row("nowhere", HTML, 404),
    "a missing page in a folder": Row("exercises/nowhere/", HTML, 404),
    "a missing page in a missing folder": Row("nowhere/else/", HTML, 404),
    "a link that a mail filter broke": Row("programme/%231-096-CLA2X8.10D3N17-BRI3X30SR60-VR", HTML, 404),
    "one that two of them broke": Row("programme/%25231-096-CLA2X8D3-8G", HTML, 404),
    "one with a slash behind it": Row("programme/%231-096-CLA2X8D3-8G/", HTML, 404),
    "one that two broke, with a slash": Row("programme/%25231-096-CLA2X8D3-8G/", HTML, 404),
    "a missing file that would be kept": Row("assets/fonts/x.woff2", HTML, 404),
    "a style sheet": Row("assets/stylesheets/site.*.css", r"text/css; charset=utf-8", keep=hosting.FOREVER),
    "a script": Row("assets/javascripts/*.js", JAVASCRIPT, keep=hosting.FOREVER),
    "the worker": Row("service-worker.js", JAVASCRIPT),
    "letters": Row("assets/fonts/*.woff2", r"font/woff2", keep=hosting.FOREVER),
    "a picture": Row("assets/pictures/**/*.webp", r"image/webp", keep=hosting.FOREVER),
    "a drawing": Row("assets/pictures/**/*.svg", r"image/svg\+xml(; charset=utf-8)?", keep=hosting.FOREVER),
    "data": Row("exercises.json", JSON),
    "a schema": Row("exercise.schema.json", JSON),
    "the sitemap": Row("sitemap.xml", r"(text|application)/xml; charset=utf-8"),
    "the manifest": Row("manifest.webmanifest", r"application/manifest\+json"),
    "the robots' rules": Row("robots.txt", PLAIN),
    "a sheet": Row("pdf/*.pdf", r"application/pdf"),
    "a proof for a certificate": Row(".well-known/acme-challenge/proof", r".*"),
}


def place(row: Row, site: Path) -> str:
    """What is asked for, from the site's address on."""
    name = next((path.relative_to(site).as_posix() for path in sorted(site.glob(row.pattern))), row.pattern)
    return name.removesuffix("index.html") if row.of_folder else name


# Every server


def guarded(answer: HTTPResponse, site: Path) -> bool:
    """Whether an answer carries every header of protection, each once."""
    expected = hosting.HEADERS | {"Content-Security-Policy": policy.policy()}
    return {name: answer.headers.get_all(name) for name in expected} == {n: [v] for n, v in expected.items()}


def test_headers_of_every_answer(served: Served, subtests: pytest.Subtests) -> None:
    for name, row in ROWS.items():
        path = place(row, served.site)
        for method in ("GET", "HEAD"):
            with subtests.test(f"{method} {name}"):
                assert row.status == 404 or (served.site / path).exists(), "there is no such file: nothing is tried"
                answer, body = ask(served.address, served.mount + path, method)
                assert answer.status == row.status
                assert re.fullmatch(row.kind, answer.getheader("Content-Type") or "", re.IGNORECASE)
                assert answer.headers.get_all("Cache-Control") == [row.keep]
                assert guarded(answer, served.site)
                assert bool(body) == (method == "GET")
                if row.status == 404 and body:
                    assert body == (served.site / "404.html").read_bytes()
                if served.server != "Apache":  # which says more, as its own settings have it
                    assert answer.getheader("Server") in (None, served.server)


ENCODINGS = {"": [], "gzip": ["gzip"], "br": ["br"], "gzip, deflate, br": ["br", "gzip"], "identity": [], "deflate": []}
"""What a browser says that it can unpack, and the copies that it gets then: the first that there is."""
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
ENDINGS = {"br": ".br", "gzip": ".gz"}


def test_compression(served: Served, subtests: pytest.Subtests) -> None:
    for name, row in ROWS.items():
        for accepts in ENCODINGS:
            with subtests.test(f"{name}, by who accepts {accepts!r}"):
                check_compression(served, row, accepts)


def check_compression(served: Served, row: Row, accepts: str) -> None:
    path, encodings = place(row, served.site), ENCODINGS[accepts]
    file = served.site / path / "index.html" if row.of_folder else served.site / path
    if row.status == 404:
        file = served.site / "404.html"
    answer, body = ask(served.address, served.mount + path, Accept_Encoding=accepts)
    packed = answer.getheader("Content-Encoding")
    copies = [each for each in encodings if file.with_name(file.name + ENDINGS[each]).is_file()]
    assert packed == (copies[0] if copies else None) or (row.status == 404 and packed is None)
    assert UNPACK[packed](body) == file.read_bytes()
    # A cache on the way must not hand one reader's packing to another.
    if file.with_name(f"{file.name}.gz").is_file() and row.status == 200:
        assert "accept-encoding" in (answer.getheader("Vary") or "").lower()


def test_asking_again_costs_nothing(served: Served, subtests: pytest.Subtests) -> None:
    """With a proof of what is known, an answer is empty; its headers still protect what the browser has kept."""
    for name, row in ROWS.items():
        for accepts in ("", "br", "gzip") if row.status != 404 else ():
            with subtests.test(f"{name}, by who accepts {accepts!r}"):
                check_asking_again(served, row, accepts)


def check_asking_again(served: Served, row: Row, accepts: str) -> None:
    path = served.mount + place(row, served.site)
    answer, _ = ask(served.address, path, Accept_Encoding=accepts)
    for name, asked in (("ETag", "If_None_Match"), ("Last-Modified", "If_Modified_Since")):
        value = answer.getheader(name) or ""
        assert value, name
        again, body = ask(served.address, path, Accept_Encoding=accepts, **{asked: value})
        assert (again.status, body) == (304, b"")
        assert again.headers.get_all("Cache-Control") == [row.keep]
        assert guarded(again, served.site)
    other, _ = ask(served.address, path, Accept_Encoding=accepts, If_None_Match='"other"')
    assert other.status == 200


def test_what_nobody_should_see(served: Served, subtests: pytest.Subtests) -> None:
    for path in UNSEEN:
        with subtests.test(path):
            answer, body = ask(served.address, served.mount + path)
            assert answer.status in (400, 403, 404)
            assert b"secret" not in body
            assert b"Index of" not in body
            if b"%" not in path.encode() and ".." not in path and "//" not in path:
                assert guarded(answer, served.site)


METHODS = "POST PUT DELETE PATCH OPTIONS TRACE CONNECT PROPFIND get".split()


def test_only_reading(served: Served, subtests: pytest.Subtests) -> None:
    for method in METHODS:
        for path in ("", "exercises.json", "new.html"):
            with subtests.test(f"{method} /{path}"):
                answer, _ = ask(served.address, served.mount + path, method)
                assert 400 <= answer.status < 500
                assert not (served.site / "new.html").exists()


def test_a_part_of_a_sheet(served: Served, subtests: pytest.Subtests) -> None:
    sheet = next(served.site.glob("pdf/*.pdf"))
    path, content = f"{served.mount}pdf/{sheet.name}", sheet.read_bytes()
    for asked, part in (("bytes=0-9", content[:10]), ("bytes=10-", content[10:]), ("bytes=-7", content[-7:])):
        with subtests.test(asked):
            answer, body = ask(served.address, path, Range=asked)
            assert (answer.status, body) == (206, part)
            assert guarded(answer, served.site)
    with subtests.test("behind the end"):
        answer, _ = ask(served.address, path, Range=f"bytes={len(content)}-")
        assert answer.status == 416


def test_a_folder_without_its_slash(served: Served, subtests: pytest.Subtests) -> None:
    whole = [served.mount.rstrip("/")] if served.mount != "/" else []
    for path in (*(served.mount + name for name in ("wobbly-knee", "exercises/teapot-tip", "exercises")), *whole):
        with subtests.test(path):
            check_slash(served, path)


def check_slash(served: Served, path: str) -> None:
    answer, _ = ask(served.address, path)
    assert answer.status in (301, 308)
    # Apache's is a whole address, and its settings below the site can't change that.
    around = f"http://{served.address}" if served.server == "Apache" else ""
    assert answer.getheader("Location") == f"{around}{path}/"
    assert guarded(answer, served.site)
    assert answer.getheader("Cache-Control") == hosting.ANEW


def test_what_a_whole_host_is_asked_for(served: Served, subtests: pytest.Subtests) -> None:
    """Certificates and security.txt are asked for at the root of a host, wherever on it the site is."""
    if served.server == "Apache" and served.mount != "/":  # .htaccess can't speak for what is above its folder
        return
    with subtests.test("a proof for a certificate"):
        answer, body = ask(served.address, "/.well-known/acme-challenge/proof")
        assert (answer.status, body) == (200, b"proof")
        assert guarded(answer, served.site)
    for path in ("/.well-known/.env", "/.well-known/../.env", "/.well-known/../../secret.txt"):
        with subtests.test(path):
            assert ask(served.address, path)[0].status in (400, 403, 404)


@pytest.mark.parametrize("served", [host for host in HOSTS if "nginx" in host], ids=" ".join, indirect=True)
def test_every_page_under_the_policy(served: Served, browser: Browser) -> None:
    """In Chromium, through nginx with its header: nothing is refused, nothing else is asked for, all works."""
    _, address, mount, site = served
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


def test_a_broken_link_to_a_programme(showing: Path, browser: Browser, tmp_path: Path) -> None:
    """In Chromium, through nginx with its header: it leads where it was meant to."""
    project, folder, code = tmp_path / "project", tmp_path / "nginx", "1-096-POT2X8.10D3-ZZZ3X30S-VR"
    hand_out(showing, project)
    site = Path(shutil.copytree(project / "dist" / "site", folder / "www"))
    with (
        web_server.serving("nginx", project / "dist", "/", site, folder) as address,
        browser.new_context(service_workers="block") as context,
    ):
        page = context.new_page()
        for sign in ("%23", "%2523"):
            page.goto(f"http://{address}/programme/{sign}{code}")
            expect(page).to_have_url(f"http://{address}/programme/#{code}")
            expect(page.locator("h1")).to_have_text("Your plan")


# The settings


def test_a_name_that_is_kept_for_ever_holds_a_hash(at_root: Path) -> None:
    site = at_root / "site"
    kept = [name for name in tree(site) if name.startswith(fingerprints.FOLDERS) and name[-3:] not in (".gz", ".br")]
    assert len(kept) > 40
    plain = [name for name in kept if not re.search(r"[.-][0-9a-f]{8,10}\.", name)]
    # Licenses, which nobody changes.
    assert {*plain} == {"assets/fonts/OFL.txt", "assets/javascripts/lean-qr-license.txt"}


def test_what_other_servers_are_told(at_root: Path) -> None:
    text = (at_root / "site" / "_headers").read_text("utf-8")
    assert max(map(len, text.splitlines())) < 2000  # the limit of Cloudflare Pages
    for name, value in hosting.HEADERS.items():
        assert f"  {name}: {value}\n" in text
    assert f"  Content-Security-Policy: {policy.policy()}\n" in text
    assert "!" not in text
    assert "embed" not in text
    workflow = yaml.safe_load((at_root / "hosting" / "github-pages.yml").read_text("utf-8"))
    steps = workflow["jobs"]["publish"]["steps"]
    assert "make build" in [step.get("run") for step in steps]
    assert {"path": "site"} in [step.get("with") for step in steps]


def test_what_others_have_written_is_named_by_its_commit(at_root: Path) -> None:
    """A tag can be moved to other code, which would then run with the right to publish."""
    text = (at_root / "hosting" / "github-pages.yml").read_text("utf-8")
    uses = re.findall(r"^.*\buses:.*$", text, re.MULTILINE)
    assert len(uses) == 5
    for line in uses:
        assert re.fullmatch(r"\s+(?:- )?uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_an_address_that_no_server_can_hold(built: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(built, tmp_path / "project"))
    before = tree(project)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    for path in ("my hips", "my%20hips", "h{i}ps", "h;ps", "$uri", 'h\\"ps', "../hips"):
        line = f'site_url: "https://example.org/{path}/"\n'
        (project / "mkdocs.yml").write_text(f"{settings}{line}", "utf-8")
        done = dist(project)
        assert (done.returncode, done.stdout) == (1, "")
        (message,) = done.stderr.splitlines()
        number = len(f"{settings}{line}".splitlines())
        assert message.startswith(f"mkdocs.yml:{number}: [value-invalid] 'site_url' "), message
    (project / "mkdocs.yml").write_text(settings, "utf-8")
    assert tree(project) == before


def test_the_same_bytes_twice(at_root: Path, tmp_path: Path) -> None:
    project = tmp_path / "again"
    shutil.copytree(at_root.parent / "site", project / "site")
    for settings in at_root.parent.glob("*.yml"):
        shutil.copy(settings, project)
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
    assert [name for name in tree(project / "dist" / "site") if "/." in f"/{name}"] == [".htaccess"]
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
