"""What is filled into texts when a file is read, and where a number to call is a link."""

from __future__ import annotations

import json
from pathlib import Path

import birds
import pytest
from birds import FILES, edited, replaced
from hipknee.content import catalogue
from hipknee.content.filling import filled
from hipknee.content.front_matter import Document
from hipknee.wording import Linked, Say
from markupsafe import escape

LINK = '<a class="call" href="tel:112">112</a>'


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("filling") / "pond")


def test_every_text_is_filled_in() -> None:
    data = {"a": "Call {emergency}.", "b": ["All {count}.", {"c": "None."}], "d": 3, "e": None}
    document = filled(Document("x.md", data, body="All {count}: {emergency}"), {"{count}": "7"}, "112")
    assert document.data == {"a": "Call 112.", "b": ["All 7.", {"c": "None."}], "d": 3, "e": None}
    assert document.body == "All 7: {emergency}"  # it becomes a link on its way to HTML


def test_a_number_to_call_is_a_link_where_html_is_printed_and_nowhere_else() -> None:
    text = Linked.of("<Now> call {emergency}.", "{emergency}", "112")
    assert escape(text) == f"&lt;Now&gt; call {LINK}."
    assert json.dumps([text, f"{text}"]) == '["<Now> call 112.", "<Now> call 112."]'
    assert type(str(text)) is str


def test_a_phrase_keeps_the_link_of_what_is_filled_into_it() -> None:
    say = Say({"caution": "<{who}> {do}", "plain": "{who}"})
    caution = say("caution", who="<you>", do=Linked.of("call {emergency}", "{emergency}", "112"))
    assert (caution, escape(caution)) == ("<<you>> call 112", f"&lt;&lt;you&gt;&gt; call {LINK}")
    assert type(say("plain", who="you")) is str


def test_texts_of_pages_are_links_names_and_labels_are_not(pond: Path) -> None:
    page, words = "docs/exercises/polite-flamingo.md", "docs/_data/words.en.yml"
    texts = edited(FILES[page], ("title: Polite flamingo", "title: Polite flamingo {emergency}"))
    texts = edited(texts, ("In your wings, all the way to the tips.", "In your wings. Call {emergency}."))
    label = (pond / words).read_text("utf-8").replace("not_advice: ", "not_advice: Call {emergency}. ")
    with replaced(pond, **{page: texts, words: label, "docs/_data/clinic.yml": "emergency_number: 112\n"}):
        site = catalogue.load(pond)
    flamingo = site.exercises["polite-flamingo"].value
    assert flamingo
    assert (str(flamingo.feel), escape(flamingo.feel)) == ("In your wings. Call 112.", f"In your wings. Call {LINK}.")
    assert (flamingo.title, type(flamingo.title)) == ("Polite flamingo 112", str)
    assert "112" in str(escape(site.say("not_advice")))
    assert "<a" not in str(escape(site.say("not_advice")))


def test_a_page_is_another_one_when_the_number_is(pond: Path) -> None:
    page = "docs/exercises/polite-flamingo.md"
    text = edited(FILES[page], ("In your wings, all the way to the tips.", "In your wings. Call {emergency}."))
    digests = set()
    for number in ("112", "999"):
        with replaced(pond, **{page: text, "docs/_data/clinic.yml": f"emergency_number: {number}\n"}):
            digests.add(catalogue.load(pond).exercises["polite-flamingo"].document.digest)
    assert len(digests) == 2
