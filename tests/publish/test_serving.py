"""What an editor's server needs: a free address, and an eye on folders that go and come back."""

from __future__ import annotations

import queue
import socket
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hipknee.publish import serving
from watchdog.events import FileSystemEvent, FileSystemEventHandler

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = serving.refusal("127.0.0.1", port)
        assert text.startswith(f"Port {port} on 127.0.0.1 is in use: another 'make serve' may be running.")
        assert text.endswith("use 'mkdocs serve -a 127.0.0.1:8000'.")
    assert serving.refusal("127.0.0.1", port) == ""


@pytest.mark.parametrize("address", [("127.0.0.1", 99999), ("192.0.2.1", 8000), ("2001:db8::1", 8000)])
def test_an_address_that_is_not_ours(address: tuple[str, int]) -> None:
    text = serving.refusal(*address)
    assert text.startswith(f"The site can't be served at {address[0]}:{address[1]} (")
    assert "mkdocs serve -a 127.0.0.1:800" in text


SITE = {"frog/index.html": b"<p>croak</body></body>", "pdf/frog.pdf": b"%PDF", "index.html": b"home</body>"}
ANSWERS = [
    # path, method: status, what is sent, where to
    ("/pond/frog/", "GET", "200 OK", b"<p>croak</body><script></script></body>", None),
    ("/pond/frog/index.html", "GET", "200 OK", b"<p>croak</body><script></script></body>", None),
    ("/pond/", "GET", "200 OK", b"home<script></script></body>", None),
    ("/pond/frog", "GET", "302 Found", b"", "/pond/frog/"),
    ("/pond/frog/", "HEAD", "200 OK", b"", None),
    ("/pond/frog/", "POST", "404 Not Found", b"POST /pond/frog/", None),
    ("/pond/pdf/frog.pdf", "GET", "200 OK", b"%PDF", None),
    ("/pond/pdf/gone.pdf", "GET", "404 Not Found", b"GET /pond/pdf/gone.pdf", None),
    ("/pond/toad/", "GET", "404 Not Found", b"GET /pond/toad/", None),
    ("/frog/", "GET", "404 Not Found", b"GET /frog/", None),
]


@pytest.mark.parametrize(("path", "method", "status", "content", "to"), ANSWERS, ids=lambda value: str(value)[:24])
@pytest.mark.parametrize("is_whole", [True, False])
def test_what_is_kept_is_handed_out(
    path: str, method: str, status: str, content: bytes, to: str | None, is_whole: bool
) -> None:
    """Pages as the server hands out its own; and none while there is no site, which the server says."""

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == f"/pond/{serving.AROUND}" and is_whole:
            start("200 OK", [])
            return [b"<script></script>", serving.END]
        start("404 Not Found", [])
        return [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}".encode()]

    def file(name: str) -> bytes | None:
        if name == "pdf/gone.pdf":
            raise FileNotFoundError(name)
        return SITE.get(name)

    answers: list[tuple[str, dict[str, str]]] = []

    def start(status: str, headers: list[tuple[str, str]], error: object = None) -> Callable[[bytes], object]:
        answers.append((status, dict(headers)))
        return bytes

    environ = {"PATH_INFO": path, "REQUEST_METHOD": method}
    sent = b"".join(serving.with_files(app, "/pond/", file)(environ, start))
    if not is_whole and status == "200 OK" and not path.endswith(".pdf"):
        status, content = "404 Not Found", f"{method} {path}".encode()
    assert (answers[-1][0], sent) == (status, content)
    assert answers[-1][1].get("Location") == to
    if status == "200 OK" and method == "GET":
        assert answers[-1][1]["Content-Length"] == str(len(content))


@pytest.fixture
def pond(tmp_path: Path) -> Path:
    (tmp_path / "pond").mkdir()
    (tmp_path / "pond" / "frog.md").write_text("croak")
    return tmp_path / "pond"


@pytest.fixture
def changes(pond: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[queue.Queue[str]]:
    """The names of files that are seen to change below the pond, and in a folder that is not there yet."""
    names: queue.Queue[str] = queue.Queue()

    def note(event: FileSystemEvent) -> None:
        if not event.is_directory:
            names.put(Path(str(event.dest_path or event.src_path)).name)

    handler = FileSystemEventHandler()
    handler.on_any_event = note  # type: ignore[method-assign]
    monkeypatch.setattr(serving, "POLLING", 0.05)
    folders = [str(pond), str(pond.with_name("lake"))]
    observer = serving.observer(folders, pond.parent)
    for folder in folders:
        observer.schedule(handler, folder, recursive=True)
    observer.start()
    yield names
    observer.stop()
    observer.join()


def test_nobody_looks_while_the_site_is_built(pond: Path, changes: queue.Queue[str]) -> None:
    def build() -> None:
        (pond / "toad.md").write_text("croak")
        with pytest.raises(queue.Empty):
            changes.get(timeout=0.5)

    serving.undisturbed(build)()
    assert changes.get(timeout=5) == "toad.md"


def test_a_folder_that_goes_is_seen_to_go_and_to_come_back(pond: Path, changes: queue.Queue[str]) -> None:
    (pond / "newt.md").write_text("plop")
    assert changes.get(timeout=5) == "newt.md"
    pond.rename(pond.with_name("away"))
    assert {changes.get(timeout=5), changes.get(timeout=5)} == {"frog.md", "newt.md"}
    pond.with_name("away").rename(pond)
    assert {changes.get(timeout=5), changes.get(timeout=5)} == {"frog.md", "newt.md"}
    (pond / "frog.md").write_text("croak croak")
    assert changes.get(timeout=5) == "frog.md"


def test_a_folder_that_is_not_there_yet_is_seen_to_come(pond: Path, changes: queue.Queue[str]) -> None:
    lake = pond.with_name("lake")
    lake.mkdir()
    (lake / "pike.md").write_text("snap")
    assert changes.get(timeout=5) == "pike.md"


def test_another_file_that_is_gone_is_gone(pond: Path) -> None:
    stat = serving.patient([str(pond)], pond.parent)
    assert stat(str(pond / "frog.md")).st_size == 5
    with pytest.raises(FileNotFoundError):
        stat(str(pond / "newt.md"))
