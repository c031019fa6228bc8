"""The clinic's settings: what they come to, and what is said of what is wrong with them."""

from __future__ import annotations

import re

import pytest
import yaml
from hipknee.colours import ENOUGH, PAPER, WHITE, Scheme, contrast
from hipknee.content.data_files import Clinic
from hipknee.content.front_matter import read_data
from hipknee.content.validation import validate
from hipknee.gate.clinic_rules import EXAMPLES
from projects import DATA

SHIPPED = DATA / "clinic.yml"

FINE = {
    'name: "Duck & Daughters"': ("name", "Duck & Daughters"),
    "booking: https://duck.example/book": ("booking", "https://duck.example/book"),
    "booking: www.duck.example/book": ("booking", "https://www.duck.example/book"),
    "booking: http://duck.example": ("booking", "http://duck.example"),
    "report: frogs@duck.example": ("report", "mailto:frogs@duck.example"),
    "report: mailto:frogs@duck.example": ("report", "mailto:frogs@duck.example"),
    "report: duck.example/report?page=1": ("report", "https://duck.example/report?page=1"),
    "security: holes@duck.example": ("security", "mailto:holes@duck.example"),
    "security: duck.example/holes": ("security", "https://duck.example/holes"),
    'colour: "#7a1f4b"': ("colour", "#7a1f4b"),
    "colour: 7A1F4B": ("colour", "#7a1f4b"),
    "colour: 123456": ("colour", "#123456"),
    'colour: "#037"': ("colour", "#003377"),
    "paper: a4": ("paper", "a4"),
    "emergency_number: 112": ("emergency_number", "112"),
    'emergency_number: "000"': ("emergency_number", "000"),
    "emergency_number: 000": ("emergency_number", "000"),
    "": ("emergency_number", "911"),
    "embed: [https://pond.example]": ("embed", ["https://pond.example"]),
    "embed: [https://Pond.example:8443/]": ("embed", ["https://pond.example:8443"]),
    "embed: ['http://localhost:8000', https://pond]": ("embed", ["http://localhost:8000", "https://pond"]),
    "embed: []": ("embed", []),
}
WRONG = {
    "nam: Duck": "There is no key 'nam'.",
    "name: 7": "'name' must be text.",
    "phones: [{label: Pond}]": "'number' is missing in 'phones, item 1'.",
    "phones: [{label: Pond, number: }]": "'number' is empty.",
    "phones: [{label: Pond, number: 555-0142 or 555-0143}]": "'number' can't be '555-0142 or 555-0143': that is not",
    "phones: [{label: Pond, number: ask}]": "'number' can't be 'ask': that is not a telephone number;",
    "booking: ask at the desk": "'booking' can't be 'ask at the desk': write the address of a page,",
    "booking: desk@duck.example": "'booking' can't be 'desk@duck.example'",
    "booking: javascript:alert(1)": "'booking' can't be 'javascript:alert(1)'",
    "report: frogs@duck": "'report' can't be 'frogs@duck': write an email address",
    "report: frogs": "'report' can't be 'frogs'",
    "security: holes": "'security' can't be 'holes': write an email address",
    "security: http://duck.example/holes": "'security' can't be 'http://duck.example/holes': what is reported there",
    "links: [{label: Us, address: nowhere}]": "'address' can't be 'nowhere'",
    "colour: teal": "'colour' can't be 'teal': write its six digits in quotes",
    'colour: "#ffcc00"': "'colour' is too light to read on white: write \"#876c00\"",
    "paper: A5": "'paper' can't be 'A5'.",
    "embed: [pond.example]": "'embed, item 1' can't be 'pond.example': write only where the website begins, https://pond",
    "embed: [https://pond.example/ducks]": "'embed, item 1' can't be 'https://pond.example/ducks': write only where",
    "embed: [http://pond.example]": "'embed, item 1' can't be 'http://pond.example': a page that is not encrypted",
    "embed: ['*']": "'embed, item 1' can't be '*': name each website",
    "embed: ['https://*.pond.example']": "'embed, item 1' can't be 'https://*.pond.example': name each website",
    "embed: [\"https://pond.example; script-src 'self'\"]": "'embed, item 1' can't be 'https://pond.example; script",
    "embed: ['https://duck@pond.example']": "'embed, item 1' can't be 'https://duck@pond.example': write where a",
    "embed: https://pond.example": "'embed' must be a list",
    "emergency_number: 911 or 112": "'emergency_number' can't be '911 or 112'",
}


def read(text: str) -> Clinic | str:
    """The settings, or the one message."""
    document, problems = read_data("clinic.yml", text.encode())
    reading = validate(Clinic, document)
    found = [*problems, *reading.problems]
    if not found:
        assert reading.value
        return reading.value
    (problem,) = found
    return problem.message


@pytest.mark.parametrize("line", FINE)
def test_a_clinic_writes_as_it_is_used_to(line: str) -> None:
    name, value = FINE[line]
    clinic = read(line)
    assert isinstance(clinic, Clinic), clinic
    assert getattr(clinic, name) == value


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_said_once(line: str) -> None:
    said = read(line)
    assert isinstance(said, str)
    assert said.startswith(WRONG[line])


def test_a_number_without_quotes_keeps_its_zero() -> None:
    clinic = read("phones: [{label: Desk, number: 0800123456}]")
    assert isinstance(clinic, Clinic)
    assert clinic.phones[0].uri == "tel:0800123456"


def test_the_file_as_it_ships_sets_nothing() -> None:
    document, problems = read_data("clinic.yml", SHIPPED.read_bytes())
    assert (document.data, problems) == ({}, [])


def uncommented() -> str:
    """The file with every example in it."""
    return re.sub(r"^#(?=[a-z]|  -)", "", SHIPPED.read_text("utf-8"), flags=re.MULTILINE)


def test_every_setting_is_shown_and_explained() -> None:
    clinic = read(uncommented())
    assert isinstance(clinic, Clinic), clinic
    assert clinic.model_fields_set == {*Clinic.model_fields}
    rows = SHIPPED.read_text("utf-8").split("\n")
    for name in Clinic.model_fields:
        at = next(n for n, row in enumerate(rows) if row.startswith(f"#{name}:"))
        assert rows[at - 1].startswith("# "), name


def test_the_examples_are_those_of_the_file() -> None:
    shown = yaml.safe_load(uncommented())
    values = {key: {value} for key, value in shown.items() if isinstance(value, str)}
    values["number"] = {phone["number"] for phone in shown["phones"]}
    values["leave_out"] = {*shown["leave_out"]}
    values["embed"] = {*shown["embed"]}
    values["address"] = {link["address"] for link in shown["links"]}
    assert {key: values[key] for key in values.keys() - {"paper", "emergency_number"}} == EXAMPLES


COLOURS = ("#0f5c63", "#7a1f4b", "#1f5fa8", "#876c00", "#b00020", "#2e7d32", "#000000", "#4b2a86", "#5a5a5a")


@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_can_be_read_wherever_it_stands(colour: str) -> None:
    scheme = Scheme(colour)
    assert scheme.is_readable
    for ground in (WHITE, PAPER, scheme.tint):
        assert contrast(colour, ground) >= ENOUGH
        assert contrast(scheme.accent, ground) >= ENOUGH
    for ground in ("#121b22", scheme.dark_tint):
        assert contrast(scheme.bright, ground) >= ENOUGH
    assert contrast(scheme.band, WHITE) >= ENOUGH
    assert contrast("#e6edee", scheme.dark_tint) >= 7


def test_a_light_colour_has_a_darker_one() -> None:
    for colour in ("#ffcc00", "#00ff00", "#ffffff", "#8ab4f8"):
        assert not Scheme(colour).is_readable
        assert Scheme(Scheme(colour).readable()).is_readable


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#ffffff") == 1
