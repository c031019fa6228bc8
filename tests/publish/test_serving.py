"""What an editor's server needs: a free address, and an eye on folders that go and come back."""

from __future__ import annotations

import queue
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hipknee.publish import serving
from watchdog.events import FileSystemEvent, FileSystemEventHandler


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
