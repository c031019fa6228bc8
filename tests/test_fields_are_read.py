"""A field that nothing reads is a promise that nobody keeps: whoever fills it in believes that it does something."""

from __future__ import annotations

import sys
from typing import Any

import birds
import pytest
import test_site
from hipknee.content import data_files, model
from hipknee.content.data_files import Phrases
from hipknee.content.fields import Fields
from projects import ROOT, draw

CLINIC = """\
name: Duck
phones: [{label: Pond, number: 904-555-0100}]
booking: duck.example/book
report: frogs@duck.example
security: holes@duck.example
logo: clinic/duck.png
colour: 7a1f6b
paper: a4
emergency_number: "000"
links: [{label: Us, address: duck.example}]
embed: [https://duck.example]
"""
READERS = {
    ("Article", "hide"): "hooks/overrides/main.html",
    ("Chapter", "thumbnails"): "hooks/hipknee/pages/page_inputs.py",
    **{("Group", name): "hooks/hipknee/content/catalogue.py" for name in ("id", "title", "exercises")},
    **{("GoOn", name): "hooks/hipknee/pages/html/programme.html" for name in ("before", "rule", "after")},
    ("Group", "title_one"): "hooks/hipknee/content/model.py",
    ("Group", "summary"): "hooks/hipknee/pages/html/parts.html",
    ("Group", "note"): "hooks/hipknee/pages/html/exercise.html",
    ("Link", "label"): "hooks/overrides/main.html",
    ("Link", "address"): "hooks/overrides/main.html",
    ("Movement", "plain"): "scripts/authoring/offers.py",
    **{("OnPaper", name): "hooks/hipknee/print/handouts.py" for name in ("ask_first", "emergency", "same_day")},
    ("Position", "posture"): "hooks/hipknee/pages/chips.py",
    **{("AtHome", name): "hooks/hipknee/pages/html/exercise.html" for name in ("title", "text", "links")},
    **{("PageLink", name): "hooks/hipknee/pages/html/exercise.html" for name in ("text", "page")},
    **{("Medicines", name): "hooks/hipknee/pages/html/condition.html" for name in ("lines", "sources")},
    **{("MedicineReview", name): "hooks/hipknee/pages/html/condition.html" for name in ("ask", "review")},
    ("SearchWords", "unsearched"): "hooks/hipknee/gate/search_rules.py",
    ("SearchWords", "warnings_of"): "hooks/hipknee/pages/typed_words.py",
    ("Site", "effort"): "hooks/hipknee/print/handouts.py",
    ("SharedSign", "only"): "hooks/hipknee/content/red_flags.py",
    ("Source", "kind"): "hooks/hipknee/gate/source_rules.py",
    ("Tombstone", "reason"): "hooks/hipknee/programme/reasons.py",
    ("Waiver", "rule"): "hooks/hipknee/gate/waivers.py",
    ("Waiver", "reason"): "hooks/hipknee/pages/html/banner.html",
    ("Waiver", "by"): "scripts/check.py",
    ("Waiver", "until"): "hooks/hipknee/gate/waivers.py",
}
"""What the smallest builder has no use for, and the file that reads it."""

Field = tuple[str, str]


def fields() -> set[Field]:
    """Every field that an author can fill in, by the model that declares it."""
    models = {each for module in (model, data_files) for each in vars(module).values() if isinstance(each, type)}
    declared = {each for each in models if issubclass(each, Fields) and each is not Phrases}
    return {(each.__name__, name) for each in declared for name in vars(each).get("__annotations__", {})} & {
        (each.__name__, name) for each in declared for name in each.model_fields
    }


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> set[Field]:
    """What nobody asks for while a whole site is made."""
    folder = tmp_path_factory.mktemp("fields")
    pond = birds.write(folder / "pond")
    (pond / "docs" / "_data" / "clinic.yml").write_text(CLINIC, "utf-8")
    for name, text in birds.READY.items():
        (pond / name).parent.mkdir()
        (pond / name).write_text(text, "utf-8")
    draw(pond / "images" / "clinic" / "duck.png")
    for path in (*pond.glob("docs/**/*.md"), *pond.glob("docs/_data/*.yml")):
        text = path.read_text("utf-8")  # what another test has had checked is not read again
        head, rest = ("---\n", text.removeprefix("---\n")) if path.suffix == ".md" else ("", text)
        path.write_text(f"{head}# As nobody has read it.\n{rest}", "utf-8")
    asked: set[Field] = set()

    def listening(self: Any, name: str) -> Any:
        if not sys._getframe(1).f_globals["__name__"].startswith("pydantic"):
            asked.update((each.__name__, name) for each in type(self).__mro__)
        return super(Fields, self).__getattribute__(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Fields, "__getattribute__", listening, raising=False)
        site = test_site.built(pond, folder / "site")
        site.frame()
    return fields() - asked


def test_every_field_is_read(unread: set[Field]) -> None:
    assert unread == {*READERS}


@pytest.mark.parametrize("field", READERS, ids=".".join)
def test_what_is_read_elsewhere(field: Field) -> None:
    assert field[1] in (ROOT / READERS[field]).read_text("utf-8")


def test_every_phrase_is_asked_for() -> None:
    gate = "".join(path.read_text("utf-8") for path in (ROOT / "hooks" / "hipknee" / "gate").glob("*.py"))
    assert [name for name in Phrases.model_fields if f".{name}" not in gate and f'"{name}' not in gate] == []
