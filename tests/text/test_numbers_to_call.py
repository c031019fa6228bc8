"""`{emergency}` in a body: a link that calls the number, wherever Markdown lets a link be."""

from __future__ import annotations

import pytest
from hipknee.text.numbers_to_call import NumbersToCall
from markdown import Markdown

LINK = '<a class="call" href="tel:112">112</a>'
TEXTS = {
    "Call {emergency} now.": f"<p>Call {LINK} now.</p>",
    "**Call {emergency}**": f"<p><strong>Call {LINK}</strong></p>",
    "*{emergency}*{emergency}": f"<p><em>{LINK}</em>{LINK}</p>",
    "{emergency}": f"<p>{LINK}</p>",
    "One\n{emergency}": f"<p>One\n{LINK}</p>",
    "## Call {emergency}": f'<h2 id="call-112">Call {LINK}</h2>',
    "- Call {emergency}": f"<ul>\n<li>Call {LINK}</li>\n</ul>",
    "[Call {emergency}](a.md) {emergency}": f'<p><a href="a.md">Call 112</a> {LINK}</p>',
    "![Call {emergency}](a.png)": '<p><img alt="Call 112" src="a.png" /></p>',
    "`{emergency}`": "<p><code>{emergency}</code></p>",
    "    {emergency}": "<pre><code>{emergency}\n</code></pre>",
    "```\n{emergency}\n```": "<pre><code>{emergency}\n</code></pre>",
    "<small>{emergency}</small>": f"<p><small>{LINK}</small></p>",
    "<details>\n<summary>{emergency}</summary>\n{emergency}\n</details>": (
        f"<details>\n<summary>{LINK}</summary>\n{LINK}\n</details>"
    ),
    "| a |\n|---|\n| {emergency} |": LINK,
    "Nothing to call.": "<p>Nothing to call.</p>",
}


@pytest.mark.parametrize("text", TEXTS)
def test_the_number_in_a_text(text: str) -> None:
    markdown = Markdown(extensions=["attr_list", "tables", "toc", "fenced_code", NumbersToCall("112")])
    html = markdown.convert(text)
    assert TEXTS[text] in html
    assert "\ue911" not in html
