"""security.txt: only where the clinic gives a contact, in the words of RFC 9116, and the same bytes all month."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hipknee.publish import security_contact
from hipknee.publish.hidden import SECURITY
from projects import ADDRESS, edit, mkdocs, write

MAIL = "mailto:holes@duck.example"
DAY = datetime.date(2026, 6, 17)
FILE = f"Contact: {MAIL}\nExpires: 2027-06-01T00:00:00Z\nPreferred-Languages: en\n"
CANONICAL = {
    "": "",
    "http://duck.example/": "",
    "https://duck.example/": "Canonical: https://duck.example/.well-known/security.txt\n",
    "https://duck.example:8443/hips/": "Canonical: https://duck.example:8443/.well-known/security.txt\n",
}


@pytest.mark.parametrize("address", CANONICAL)
def test_the_file(address: str) -> None:
    assert security_contact.files(MAIL, "en", address, DAY) == {SECURITY: FILE + CANONICAL[address]}


def test_without_a_contact_there_is_no_file() -> None:
    assert security_contact.files(None, "en", ADDRESS, DAY) == {}


@pytest.mark.parametrize("day", [datetime.date(2028, 2, 29), datetime.date(2026, 12, 31), datetime.date(2026, 1, 1)])
def test_it_expires_within_a_year_and_not_soon(day: datetime.date) -> None:
    (text,) = security_contact.files(MAIL, "en", "", day).values()
    expires = datetime.datetime.fromisoformat(text.split("Expires: ")[1].split("\n")[0]).date()
    assert datetime.timedelta(330) < expires - day <= datetime.timedelta(366)


def test_a_build_has_it(project: Path) -> None:
    assert not (project / "site" / SECURITY).exists()
    edit("mkdocs.yml", "site_name:", f"site_url: {ADDRESS}\nsite_name:")(project)
    write("docs/_data/clinic.yml", "security: holes@duck.example\n")(project)
    assert mkdocs(project, "build").returncode == 0
    text = (project / "site" / SECURITY).read_text("utf-8")
    assert text == f"{FILE}Canonical: https://example.org/.well-known/security.txt\n"
    assert "holes@duck.example" not in (project / "site" / "index.html").read_text("utf-8")
    write("docs/_data/clinic.yml", "name: Duck\n")(project)
    assert mkdocs(project, "build").returncode == 0
    assert not (project / "site" / SECURITY).exists()
