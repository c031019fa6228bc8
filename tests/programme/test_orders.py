"""Tables of sheets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hipknee.programme.orders import Order, OrderError, orders

TABLES = {
    "code\nA\n": [Order(2, "A")],
    "\ufeffcode,copies,paper,large\r\n A ,2,A4,yes\r\nB,,,\r\n": [Order(2, "A", 2, "a4", True), Order(3, "B")],
    "\n\nlarge,code\n\nno,A\n,,\nyes,B": [Order(5, "A"), Order(7, "B", large=True)],
    "Code,Paper\nA,letter\nB\n": [Order(2, "A", paper="letter"), Order(3, "B")],
    'code,copies\n"A\nB",99\nC,1\n': [Order(2, "A\nB", 99), Order(4, "C")],
}
REFUSED = {
    "": (1, "The file is empty. Its first line is 'code,copies,paper,large'."),
    "\n\n": (1, "The file is empty."),
    "copies\n2\n": (1, "The column 'code' is missing."),
    "code,name\nA,Ann\n": (1, "There is no column 'name'. The columns are: code, copies, paper, large."),
    "code;copies\nA;2\n": (
        1,
        "There is no column 'code;copies'. Put commas between the columns: save it as 'CSV UTF-8'.",
    ),
    "code,code\nA,B\n": (1, "The column 'code' is there twice."),
    "code,copies\nA,0\n": (2, "'copies' is '0'; it must be from 1 to 99."),
    "code,copies\nA,1\nB,100\n": (3, "'copies' is '100'; it must be from 1 to 99."),
    "code,copies\nA,\u0661\n": (2, "'copies' is '\u0661'; it must be from 1 to 99."),
    "code,paper\nA,a5\n": (2, "'paper' is 'a5'; it must be 'letter' or 'a4'."),
    "code,large\nA,1\n": (2, "'large' is '1'; it must be 'yes' or 'no'."),
    "code,copies\n,2\n": (2, "The code is missing."),
    "code\nA,2\n": (2, "There are 2 cells, and the first line names 1."),
    'code\n"A\n': (2, "This line can't be read as CSV: "),
}


@pytest.mark.parametrize("number", range(len(TABLES)))
def test_a_table(number: int) -> None:
    text, expected = [*TABLES.items()][number]
    assert [*orders(text)] == expected


def faults(text: str) -> Iterator[OrderError]:
    """What is wrong with a table: with its lines, and at last with the whole."""
    try:
        yield from (order for order in orders(text) if isinstance(order, OrderError))
    except OrderError as error:
        yield error


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_a_table_that_can_not_be_read(number: int) -> None:
    text, (line, sentence) = [*REFUSED.items()][number]
    [error] = faults(text)
    assert (error.line, str(error)[: len(sentence)]) == (line, sentence)


def test_a_line_that_is_wrong_does_not_take_the_others_along() -> None:
    table = [*orders("code,copies\nA,0\nB,2\nC,2,3\n,1\nD\n")]
    assert [(order.line, isinstance(order, Order)) for order in table] == [
        (2, False),
        (3, True),
        (4, False),
        (5, False),
        (6, True),
    ]
