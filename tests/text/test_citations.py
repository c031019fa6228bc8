"""Citations: the number on the page, and the list of keys for the gate."""

from __future__ import annotations

import markdown
import pytest
from hipknee.text.citations import Citations
from hipknee.text.cited_keys import cited

EXTENSIONS = ["tables", "attr_list", "admonition", "footnotes", "fenced_code", "toc"]


def convert(source: str) -> str:
    citations = Citations()
    citations.evidence = ["rathleff-2014", "distefano-2009", "unlabelled-2001"]
    citations.labels = {"rathleff-2014": "Rathleff 2014", "distefano-2009": "DiStefano & others 2009"}
    citations.word = "Source"
    return markdown.markdown(source, extensions=[*EXTENSIONS, citations])


ONE = '<a aria-label="Source 1: Rathleff 2014" href="#source-rathleff-2014">1</a>'
TWO = '<a aria-label="Source 2: DiStefano &amp; others 2009" href="#source-distefano-2009">2</a>'
THREE = '<a aria-label="Source 3" href="#source-unlabelled-2001">3</a>'

# source, HTML of the paragraph, what the gate sees
CASES = {
    "one": (
        "Weak hips.[@rathleff-2014]",
        f'Weak hips.<sup class="cite">{ONE}</sup>',
        ["rathleff-2014"],
    ),
    "number is the place in the list": (
        "a[@distefano-2009]",
        f'a<sup class="cite">{TWO}</sup>',
        ["distefano-2009"],
    ),
    "several": (
        "a[@distefano-2009; @rathleff-2014]",
        f'a<sup class="cite">{TWO}, {ONE}</sup>',
        ["distefano-2009", "rathleff-2014"],
    ),
    "comma, no space, line break": (
        "a[@rathleff-2014,@distefano-2009;\n@unlabelled-2001]",
        f'a<sup class="cite">{ONE}, {TWO}, {THREE}</sup>',
        ["rathleff-2014", "distefano-2009", "unlabelled-2001"],
    ),
    "side by side": (
        "a[@rathleff-2014][@distefano-2009]",
        f'a<sup class="cite">{ONE}</sup><sup class="cite">{TWO}</sup>',
        ["rathleff-2014", "distefano-2009"],
    ),
    "no label": ("[@unlabelled-2001]", f'<sup class="cite">{THREE}</sup>', ["unlabelled-2001"]),
    "in emphasis": (
        "*a[@rathleff-2014]*",
        f'<em>a<sup class="cite">{ONE}</sup></em>',
        ["rathleff-2014"],
    ),
    "unknown key": ("a [@nobody-1999] b", "a [@nobody-1999] b", ["nobody-1999"]),
    "unknown after known": (
        "a[@rathleff-2014; @_nobody_]",
        f'a<sup class="cite">{ONE}, <span>@_nobody_</span></sup>',
        ["rathleff-2014", "_nobody_"],
    ),
    "a number never begins a line": (
        "Weak\nhips. \n[@rathleff-2014] [@distefano-2009]",
        f'Weak\nhips.<sup class="cite">\N{NO-BREAK SPACE}{ONE}</sup><sup class="cite">\N{NO-BREAK SPACE}{TWO}</sup>',
        ["rathleff-2014", "distefano-2009"],
    ),
    "known after unknown text": (
        "[@x] [@rathleff-2014]",
        f'[@x]<sup class="cite">\N{NO-BREAK SPACE}{ONE}</sup>',
        ["x", "rathleff-2014"],
    ),
    "mistyped key": ("[@rathleff-2014.]", "[@rathleff-2014.]", ["rathleff-2014."]),
    "link": ("[@rathleff-2014](x.md)", '<a href="x.md">@rathleff-2014</a>', []),
    "inline code": ("`[@rathleff-2014]`", "<code>[@rathleff-2014]</code>", []),
    "code with ticks": ("``a ` [@rathleff-2014]``", "<code>a ` [@rathleff-2014]</code>", []),
    "code with longer ticks": ("``a``` b` [@rathleff-2014]``", "<code>a``` b` [@rathleff-2014]</code>", []),
    "code with too many ticks": ("```[@rathleff-2014]`", "<code>``[@rathleff-2014]</code>", []),
    "after lone ticks": (
        "a ` b `` [@rathleff-2014]",
        f'a ` b ``<sup class="cite">\N{NO-BREAK SPACE}{ONE}</sup>',
        ["rathleff-2014"],
    ),
    "escaped": (r"\[@rathleff-2014]", "[@rathleff-2014]", []),
    "escaped tick": (
        r"\`[@rathleff-2014]\`",
        f'`<sup class="cite">{ONE}</sup>`',
        ["rathleff-2014"],
    ),
    "escaped backslash": (
        r"\\[@rathleff-2014]",
        f'\\<sup class="cite">{ONE}</sup>',
        ["rathleff-2014"],
    ),
    "comment": ("a <!-- [@rathleff-2014] --> b", "a <!-- [@rathleff-2014] --> b", []),
    "no citation": ("[rathleff-2014] me@example.org [@] [@ a]", "[rathleff-2014] me@example.org [@] [@ a]", []),
}


@pytest.mark.parametrize(("source", "expected", "keys"), CASES.values(), ids=CASES)
def test_citation(source: str, expected: str, keys: list[str]) -> None:
    assert convert(source) == f"<p>{expected}</p>"
    assert [key for _, key in cited(source)] == keys


def test_a_citation_in_a_link_stays_text() -> None:
    """The gate counts it all the same: the key must be right before the sentence is."""
    assert convert("[a [@rathleff-2014]](x.md)") == '<p><a href="x.md">a [@rathleff-2014]</a></p>'


def test_a_citation_in_raw_html_stays_as_it_is() -> None:
    html = '<b title="[@rathleff-2014]">a</b>'
    assert convert(html) == f"<p>{html}</p>"


def test_nothing_is_printed_that_was_not_given() -> None:
    citations = Citations()
    citations.evidence = ["a"]
    html = markdown.markdown("[@a]", extensions=[citations])
    assert html == '<p><sup class="cite"><a aria-label="1" href="#source-a">1</a></sup></p>'


def test_the_attributes_count_at_the_time_of_conversion() -> None:
    citations = Citations()
    converter = markdown.Markdown(extensions=[citations])
    assert converter.convert("[@b]") == "<p>[@b]</p>"
    citations.evidence = ("a", "b")
    assert ">2</a>" in converter.reset().convert("[@b]")


BODY = """\
First [@a].

```yaml
[@in-a-fence]
```

~~~
```
[@in-tildes]
~~~

1. A list with a fence

    ```
    [@in-an-indented-fence]

    [@and-on]
    ```

2. and [@b;
   @c] over two lines

<!-- [@in-a-comment]
-->
A `lone tick

[@d] and another `lone tick. ```

[@e] behind a fence that is never closed
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines(newline: str) -> None:
    expected = [(1, "a"), (20, "b"), (21, "c"), (27, "d"), (29, "e")]
    assert cited(BODY.replace("\n", newline)) == expected


def test_the_gate_sees_what_the_page_shows() -> None:
    citations = Citations()
    citations.evidence = [key for _, key in cited(BODY)]
    html = markdown.markdown(BODY, extensions=["pymdownx.superfences", citations])
    assert [html.count(f"#source-{key}") for key in citations.evidence] == [1, 1, 1, 1, 1]
    assert html.count("#source-") == 5


def test_no_citations() -> None:
    assert cited("") == []
