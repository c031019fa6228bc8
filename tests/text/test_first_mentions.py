"""First mentions: one case for each rule, shown as Markdown would write the links."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, fromstring

import markdown
import pytest
from hipknee.text.first_mentions import FirstMentions
from hipknee.text.names import Names
from hipknee.text.terms import Term
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.util import AtomicString

TERMS = (
    Term("Knee pain", "knee-pain.md"),
    Term("runner's knee", "knee-pain.md"),
    Term("Hip pain", "hip-pain.md"),
    Term("Clamshell", "exercises/clamshell.md"),
    Term("clam", "exercises/clamshell.md"),
    Term("Bridge", "exercises/bridge.md"),
    Term("side-lying leg raise", "exercises/side-lying-leg-raise.md"),
    Term("hip flexors", "glossary.md#hip-flexors", "term glossary"),
    Term("flexor", "glossary.md#flexor", "term glossary"),
    Term("hip", "glossary.md#hip", "term glossary"),
    Term("knee", "glossary.md#knee", "term glossary"),
    Term("pelvis", "glossary.md#pelvis", "term glossary"),
    Term("Pelvis", "never.md"),
    Term("cuádriceps", "glossary.md#quadriceps", "term glossary"),
    Term("IT band (ITB)", "glossary.md#it-band", "term glossary"),
    Term("C", "glossary.md#c", "term glossary"),
    Term("  ", "never.md"),
)
EXTENSIONS = ["tables", "attr_list", "admonition", "def_list", "footnotes", "abbr", "md_in_html", "fenced_code", "toc"]

TERM_LINK = re.compile(r'<a class="term(?: glossary)?" href="([^"]*)">(.*?)</a>', re.DOTALL)


def convert(
    source: str, page: str = "index.md", terms: tuple[Term, ...] = TERMS, plurals: Sequence[str] = ("s",)
) -> str:
    mentions = FirstMentions(Names(terms, plurals))
    mentions.page = page
    return markdown.markdown(source, extensions=[*EXTENSIONS, mentions])


def shown(html: str) -> str:
    """The text of a page, with the extension's own links as [text](href) and every other tag left out."""
    return re.sub(r"<[^>]*>", "", TERM_LINK.sub(r"[\2](\1)", html)).strip()


KNEE, HIP, PELVIS, BRIDGE = "glossary.md#knee", "glossary.md#hip", "glossary.md#pelvis", "exercises/bridge.md"
CLAM = "exercises/clamshell.md"

CASES = {
    # which mention
    "first mention only": ("A pelvis. A pelvis.", f"A [pelvis]({PELVIS}). A pelvis."),
    "once per target": ("A clam, a clamshell.", f"A [clam]({CLAM}), a clamshell."),
    "once across blocks": ("A pelvis.\n\n* A pelvis.", f"A [pelvis]({PELVIS}).\n\nA pelvis."),
    "two fragments are two targets": ("Knee, pelvis.", f"[Knee]({KNEE}), [pelvis]({PELVIS})."),
    "reading order": ("**A** pelvis, *a pelvis*.", f"A [pelvis]({PELVIS}), a pelvis."),
    "an author's own link counts": ("[Rim](glossary.md#pelvis), pelvis, knee.", f"Rim, pelvis, [knee]({KNEE})."),
    "an author's other link does not": ("[pelvis](about.md), pelvis.", f"pelvis, [pelvis]({PELVIS})."),
    "first of equal names wins": ("PELVIS", f"[PELVIS]({PELVIS})"),
    # what matches
    "any case": ("KNEE PAIN and Hip Pain", "[KNEE PAIN](knee-pain.md) and [Hip Pain](hip-pain.md)"),
    "longest wins": ("Knee pain or knee.", f"[Knee pain](knee-pain.md) or [knee]({KNEE})."),
    "longest wins when linked": ("Knee pain, knee pain.", "[Knee pain](knee-pain.md), knee pain."),
    "a longer name that fails": ("Knee painful.", f"[Knee]({KNEE}) painful."),
    "not the start of a word": ("A clamour.", "A clamour."),
    "not the end of a word": ("In Cambridge.", "In Cambridge."),
    "an accented letter joins": ("clamé", "clamé"),
    "a combining accent joins": ("clam\u0301", "clam\u0301"),
    "accents": ("El CUÁDRICEPS.", "El [CUÁDRICEPS](glossary.md#quadriceps)."),
    "hyphen joins": ("knee-pain and mid-pelvis and pelvis-first", "knee-pain and mid-pelvis and pelvis-first"),
    "hyphen joins a plural": ("hip-flexors", "hip-flexors"),
    "soft and hard hyphens join": ("pelvis\u2011first pelvis\u00adfirst", "pelvis\u2011first pelvis\u00adfirst"),
    "a dash does not join": ("pelvis–knee", f"[pelvis]({PELVIS})–[knee]({KNEE})"),
    "hyphen within": ("A side-lying leg raise.", "A [side-lying leg raise](exercises/side-lying-leg-raise.md)."),
    "digits join": ("pelvis2", "pelvis2"),
    "underscore joins": ("pelvis_x", "pelvis_x"),
    "plural": ("Two bridges.", f"Two [bridges]({BRIDGE})."),
    "plural, any case": ("TWO BRIDGES.", f"TWO [BRIDGES]({BRIDGE})."),
    "no plural of a plural": ("hip flexorss pelviss", f"[hip]({HIP}) flexorss pelviss"),
    "singular of a plural name is another word": ("hip flexor", f"[hip]({HIP}) [flexor](glossary.md#flexor)"),
    "possessive": ("the pelvis's rim", f"the [pelvis]({PELVIS})'s rim"),
    "line break": ("My knee\npain.", "My [knee\npain](knee-pain.md)."),
    "spaces": ("My knee   pain.", "My [knee   pain](knee-pain.md)."),
    "no-break space": ("My knee\u00a0pain.", "My [knee\u00a0pain](knee-pain.md)."),
    "hard line break": ("My knee  \npain.", f"My [knee]({KNEE})\npain."),
    "curly apostrophe": ("Runner’s knee.", "[Runner’s knee](knee-pain.md)."),
    "straight apostrophe": ("Runner's knee.", "[Runner's knee](knee-pain.md)."),
    "punctuation in a name": ("The IT band (ITB).", "The [IT band (ITB)](glossary.md#it-band)."),
    "punctuation around": ("(pelvis), “knee”/hip", f"([pelvis]({PELVIS})), “[knee]({KNEE})”/[hip]({HIP})"),
    "a name of one letter": ("Vitamin C.", "Vitamin [C](glossary.md#c)."),
    # where
    "heading": ("# Pelvis\n\n## Pelvis\n\nPelvis", f"Pelvis\nPelvis\n[Pelvis]({PELVIS})"),
    "underlined heading": ("Pelvis\n======", "Pelvis"),
    "link": ("[a **pelvis**](https://example.org)", "a pelvis"),
    "reference link": ("[pelvis][x]\n\n[x]: https://example.org", "pelvis"),
    "inline code": ("`pelvis`", "pelvis"),
    "fenced code": ("```\npelvis\n```", "pelvis"),
    "indented code": ("    pelvis", "pelvis"),
    "table header, not cell": ("| pelvis |\n|---|\n| pelvis |", f"pelvis\n\n\n\n\n[pelvis]({PELVIS})"),
    "image alt and title": ('![pelvis](a.png "pelvis")', ""),
    "abbreviation": ("*[PFP]: pelvis\n\nPFP", "PFP"),
    "raw block": ("<div>pelvis\n\npelvis</div>", "pelvis\n\npelvis"),
    "raw inline": ("<kbd>pelvis</kbd> pelvis", f"pelvis [pelvis]({PELVIS})"),
    "raw link": ('<a href="x">**a** pelvis</a> pelvis', f"a pelvis [pelvis]({PELVIS})"),
    "raw link around markup": ('<a href="x">a **pelvis**</a> pelvis', f"a pelvis [pelvis]({PELVIS})"),
    "raw tags nested": ("<b><i>knee</i> pelvis</b>", "knee pelvis"),
    "raw tag without an end": ("<br>knee <wbr/>hip <img src='a'>clam", f"[knee]({KNEE}) [hip]({HIP}) [clam]({CLAM})"),
    "raw tag left open in a list": ("* <b>knee\n    * pelvis", f"knee\n[pelvis]({PELVIS})"),
    "raw tag left open": ("<b>knee\n\npelvis", f"knee\n[pelvis]({PELVIS})"),
    "raw tag closed twice": ("</b></b>pelvis <b>knee</b>", f"[pelvis]({PELVIS}) knee"),
    "entity": ("a&nbsp;pelvis", f"a&nbsp;[pelvis]({PELVIS})"),
    "Markdown in raw HTML": ("<div markdown>\npelvis\n</div>", f"[pelvis]({PELVIS})"),
    "escaped characters": (r"\*pelvis\*", f"*[pelvis]({PELVIS})*"),
    "numbers of escapes": (r"67 \C", r"67 \[C](glossary.md#c)"),
    "bare address": ("https://example.org/knee knee@hip.org", "https://example.org/knee knee@hip.org"),
    "attribute list": ('**a**{: title="pelvis" } knee\n{: .hip }', f"a [knee]({KNEE})"),
    "text like an attribute list": ("pelvis{: .x } {.y} hip", f"[pelvis]({PELVIS}){{: .x }} {{.y}} [hip]({HIP})"),
    "attribute list in mid-line": ("a\n{: .x }hip", f"a\n{{: .x }}[hip]({HIP})"),
    "strong and emphasis": ("**A pelvis** *and knee*", f"A [pelvis]({PELVIS}) and [knee]({KNEE})"),
    "split by markup": ("**Hip** pain and pain", f"[Hip]({HIP}) pain and pain"),
    "list": ("* pelvis\n* knee\n    1. hip", f"[pelvis]({PELVIS})\n[knee]({KNEE})\n[hip]({HIP})"),
    "definition list": ("pelvis\n:   knee", f"[pelvis]({PELVIS})\n[knee]({KNEE})"),
    "quote": ("> pelvis", f"[pelvis]({PELVIS})"),
    "admonition, not its title": ('!!! note "Pelvis"\n    Pelvis', f"Pelvis\n[Pelvis]({PELVIS})"),
    "details, not their summary": (
        "<details markdown>\n<summary markdown>pelvis</summary>\n\npelvis\n</details>",
        f"pelvis\n[pelvis]({PELVIS})",
    ),
    "footnote": ("a[^1]\n\n[^1]: pelvis", f"a1\n\n\n\n\n[pelvis]({PELVIS})&#160;&#8617;"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_rule(source: str, expected: str) -> None:
    assert shown(convert(source)) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("index.md", "[Bridge](exercises/bridge.md), [knee](glossary.md#knee)", id="root"),
        pytest.param("exercises/clamshell.md", "[Bridge](bridge.md), [knee](../glossary.md#knee)", id="folder"),
        pytest.param("a/b/c.md", "[Bridge](../../exercises/bridge.md), [knee](../../glossary.md#knee)", id="deeper"),
        pytest.param("exercises/bridge.md", "Bridge, [knee](../glossary.md#knee)", id="not to itself"),
        pytest.param("glossary.md", "[Bridge](exercises/bridge.md), knee", id="not within the glossary"),
    ],
)
def test_links_are_relative_to_the_page(page: str, expected: str) -> None:
    assert shown(convert("Bridge, knee", page)) == expected


def test_a_page_s_own_name_is_not_taken_apart() -> None:
    assert shown(convert("Knee pain", "knee-pain.md")) == "Knee pain"


@pytest.mark.parametrize("href", ["../glossary.md#pelvis", "/glossary.md#pelvis", ".././glossary.md#pelvis"])
def test_an_author_s_link_counts_however_it_is_written(href: str) -> None:
    assert "term" not in convert(f"[The rim]({href}) of the pelvis.", "exercises/clamshell.md")


def test_classes() -> None:
    html = convert("Knee pain, pelvis")
    assert '<a class="term" href="knee-pain.md">Knee pain</a>' in html
    assert '<a class="term glossary" href="glossary.md#pelvis">pelvis</a>' in html


def test_an_attribute_list_reaches_its_own_element() -> None:
    assert convert("A pelvis.\n{: .lead }").startswith('<p class="lead">A <a class="term')


def test_every_conversion_starts_anew() -> None:
    mentions = FirstMentions(Names(TERMS, ["s"]))
    converter = markdown.Markdown(extensions=[mentions])
    for page, href in [("index.md", "exercises/bridge.md"), ("exercises/clamshell.md", "bridge.md")]:
        mentions.page = page
        for _ in range(2):
            assert shown(converter.reset().convert("<b>Bridge\n\nBridge")) == f"Bridge\n[Bridge]({href})"
    assert shown(markdown.markdown("Bridge", extensions=[mentions])) == "[Bridge](bridge.md)"


def test_an_abbreviation_that_is_a_term_is_both() -> None:
    html = convert("*[PFP]: Patellofemoral pain\n\nPFP", terms=(Term("PFP", "knee-pain.md"),))
    assert html == '<p><a class="term" href="knee-pain.md"><abbr title="Patellofemoral pain">PFP</abbr></a></p>'


def test_what_other_extensions_closed_stays_closed() -> None:
    """Text that is atomic, and code that is not."""
    root = fromstring("<div><p><code>pelvis</code></p><p>pelvis</p><p>pelvis</p></div>")
    root[1].text = AtomicString("pelvis")
    markdown.Markdown(extensions=[FirstMentions(Names(TERMS, ["s"]))]).treeprocessors["first-mentions"].run(root)
    assert [len(paragraph.findall("a")) for paragraph in root] == [0, 0, 1]


def test_plurals_of_another_language() -> None:
    terms = (Term("flexor", "a.md"), Term("cadera", "b.md"), Term("iliac", "c.md"), Term("Interés", "d.md"))
    text = "Los FLEXORES de las caderas, iliace, interes"
    linked = "Los [FLEXORES](a.md) de las [caderas](b.md), iliace, interes"
    assert shown(convert(text, terms=terms, plurals=("s", "es"))) == linked
    assert shown(convert("pelvis, clams", plurals=())) == f"[pelvis]({PELVIS}), clams"


def test_no_terms() -> None:
    assert convert("A pelvis.", terms=()) == "<p>A pelvis.</p>"


def test_letters_with_odd_capitals_are_harmless() -> None:
    terms = (Term("İlium", "a.md"), Term("Gesäß", "b.md"), Term("iliac", "c.md"))
    assert shown(convert("İlium ilium GESÄß Gesäß İliac", terms=terms)).count("](b.md)") == 1


WORDS = ["knee", "pain", "Pelvis", "clam", "clamshells", "hip", "flexors", "runner’s", "bridge", "é", "walk", "C", "s"]
GLUE = [" ", " ", " ", "\n", "  \n", "\n\n", "-", ".", "(", ")", "@", "'", '"', "\u00ad", "\u0301", "https://x.org/"]
INLINE = ["*", "**", "_", "`", "[", "](x.md)", "](glossary.md#pelvis)", "![", "[^1]", "\\*", "\\-", "|"]
HTML = ["<b>", "</b>", '<a href="y">', "</a>", "<br>", "<", ">", "<!-- ", " -->", "&amp;", "&nbsp;", "\x02", "\x03"]
ATTRIBUTES = ["{", "}", "{: .a }", "\n{: .a }", ' { title="knee" }']
BLOCKS = ["* ", "# ", "> ", "    ", "[^1]: ", ":   ", '!!! note "hip"\n    ', "*[hip]: joint\n\n", "[TOC]\n\n"]
BLOCKS += ["<div markdown>\n", "</div>\n\n", "```\n"]
MARKUP = [*GLUE, *INLINE, *HTML, *ATTRIBUTES, *(f"\n\n{block}" for block in BLOCKS), "\n|---|---|\n", "\n```\n"]


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(MARKUP)), max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_only_links_are_added(source: str) -> None:
    """Not one character of the page changes, in its text or in its markup, when the links are taken out again."""
    assert TERM_LINK.sub(r"\2", convert(source)) == markdown.markdown(source, extensions=EXTENSIONS)


@pytest.mark.parametrize("text", ["knee hip leg ", "knee" + " " * 20, "\x02", "http://", "a-", "knee 7 "])
def test_cost_grows_with_the_text_alone(text: str) -> None:
    """Eight times the text and the elements: eight times the work, with room for noise; quadratic would be 64 times."""
    terms = tuple(Term(f"{word} {n}", f"{n}.md") for n in range(100) for word in ("knee", "hip", "leg"))
    short, long = (min(seconds(terms, text, times) for _ in range(3)) for times in (500, 4_000))
    assert long < 24 * short


def seconds(terms: tuple[Term, ...], text: str, times: int) -> float:
    converter = markdown.Markdown(extensions=[FirstMentions(Names(terms, ["s"]))])
    root = Element("p")
    root.text = text * times
    for _ in range(times):
        child = SubElement(root, "em")
        child.text = child.tail = text
    started = time.process_time()
    converter.treeprocessors["first-mentions"].run(root)
    return time.process_time() - started
