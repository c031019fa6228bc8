"""Tables that can be stacked: what each part is, and what each cell's column is called."""

from __future__ import annotations

from hipknee.text.tables import Tables
from markdown import markdown
from selectolax.lexbor import LexborHTMLParser

TABLE = "| Day | *First* weeks |\n|---|---|\n| Monday | Tea |\n| Friday | |\n"


def test_roles_and_labels() -> None:
    tree = LexborHTMLParser(markdown(TABLE, extensions=["tables", Tables()]))
    roles = [(node.tag, node.attributes.get("role")) for node in tree.css("table, table *") if node.tag != "em"]
    assert roles[:5] == [
        ("table", "table"),
        ("thead", "rowgroup"),
        ("tr", "row"),
        ("th", "columnheader"),
        ("th", "columnheader"),
    ]
    assert {role for tag, role in roles if tag == "td"} == {"cell"}
    assert [cell.attributes["data-label"] for cell in tree.css("td")] == ["Day", "First weeks"] * 2


def test_a_text_without_a_table_is_left_alone() -> None:
    assert markdown("Tea | coffee", extensions=["tables", Tables()]) == "<p>Tea | coffee</p>"
