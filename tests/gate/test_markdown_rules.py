"""What is no Markdown here: no text takes long, whatever it repeats. What is told of which text: tests/cases/."""

from __future__ import annotations

from html import escape
from time import process_time

import pytest
from hipknee.gate import markdown_rules, text_rules

PARTS = (
    "- a\n|a\n- b\n|1) |1) a\n|• a\n|~~|~~a|~~a~~ |==|==a|==a== |++a|++a++ |a~|a~b~|a^b^|:a|:a:|[[|[[a]]|[a]|[a][|"
    "[a][b]|[a](|[a] (|(a)[|**|**a|** a|*a|_a|__a|$|$a|$a^|%%|%%a|{% |{:|{: a|{.a|```|```\n|~~~\n|!!! a\n|??? a\n|"
    "> [!a]\n|*[a]: b\n|- [ ] a\n|[a]: b\n|===\n|# |#a\n|<h1|<h1>a\n|<!--|<!-- a|https://|https://a |\\\n|: a\n|"
    "  - a\n|    - a\n|> |>\n|\\*| |\t|a |3. a\n\nb\n\n|:::a\n|[^1] |[^1|-a\n|&amp;|&a|<b |<b>|</|`a|`a` |[@a|"
    "![a](b)|\u00a0- "
).split("|")
SIZE = 30_000


@pytest.mark.parametrize("part", [*PARTS, "| a |\n", "a | b\n", "|-|\n", "|"], ids=ascii)
def test_no_text_takes_long(part: str) -> None:
    text = part * (SIZE // len(part))
    start = process_time()
    list(markdown_rules.judged(text, f"<p>{escape(text)}</p>", {}))
    text_rules.mark_of(text), text_rules.plain(text)
    assert process_time() - start < 5
