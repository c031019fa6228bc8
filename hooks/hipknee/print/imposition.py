"""Imposition: the pages of a booklet side by side on sheets, so that it is printed on both sides, folded and stapled.

The file stays what it was: its tags, in the order of reading, and the size of all that stands on it. A page becomes a
form XObject with the marked content that it had (ISO 32000-1, 14.7.4.2: its `StructParents` go with it, and a reference
to its content names the sheet and, as `Stm`, the form). Only what Typst writes is read: objects one after the other and
a table of where they are, no object streams.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

SHEET = 4
"""Pages on a sheet: two on each side."""
_OBJECT = re.compile(rb"(?<=\n)(\d+) 0 obj\n")
_STREAM = re.compile(rb"\nstream\r?\n")
_REFERENCE = re.compile(rb"(?<!\d)(\d+) 0 R\b")
_BOX = re.compile(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]")
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")
_MARKED = re.compile(rb"/K\[([^\]]*)\]/Pg (\d+) 0 R")
_KID = re.compile(rb"\d+ 0 R|<<[^<>]*>>|(\d+)")
_REFERRED = re.compile(rb"<</Type/MCR/Pg (\d+) 0 R/MCID (\d+)>>")
_TRAILER = re.compile(rb"\ntrailer\n<<(.*)>>\nstartxref", re.DOTALL)
PAPERS = ((612.0, 792.0), (595.276, 841.89))
"""Sheets, in points: US Letter and A4."""


def sides(count: int) -> list[tuple[int, int]]:
    """The pages, from 1, that stand left and right on each side of the sheets, in the order of printing.

    A sheet is turned over on its short edge. Raises ValueError when `count` is no multiple of four.
    """
    if count % SHEET:
        raise ValueError(f"{count} pages make no whole sheets")
    pairs = ((count - n, n + 1) for n in range(count // 2))
    return [(low, high) if n % 2 == 0 else (high, low) for n, (low, high) in enumerate(pairs)]


def imposed(pdf: bytes) -> bytes:
    """The same document on sheets twice as wide. Raises ValueError when it is none of Typst's, or has links."""
    objects, trailer = _read(pdf)
    root = next((number for number, body in objects.items() if body.startswith(b"<</Type/Pages")), None)
    if root is None or b"/Annots" in pdf:
        raise ValueError("this is no booklet")
    pages = [int(number) for number in _REFERENCE.findall(_KIDS.search(objects[root])[1])]  # type: ignore[index]
    wide, high = map(float, _BOX.search(objects[pages[0]]).groups())  # type: ignore[union-attr]
    across, down = _sheet(wide, high)
    free = max(objects) + 1
    sheet_of: dict[int, tuple[int, int]] = {}
    """By page: its sheet, and the form that it has become."""
    kids = []
    for left, right in sides(len(pages)):
        sheet, content, free = free, free + 1, free + 2
        kids.append(sheet)
        drawn = b""
        forms = []
        for name, number, at in ((b"L", left, across / 2 - wide), (b"R", right, across / 2)):
            page = pages[number - 1]
            form = _form(objects, page, wide, high)
            sheet_of[page] = sheet, form
            forms.append(b"/%s %d 0 R" % (name, form))
            drawn += b"q 1 0 0 1 %.3f %.3f cm /%s Do Q\n" % (at, (down - high) / 2, name)
        resources = b"<</XObject<<%s>>>>" % b"".join(forms)
        box = b"%.4f %.4f" % (across, down)
        objects[sheet] = b"<</Type/Page/Resources%s/MediaBox[0 0 %s]/Tabs/S/Parent %d 0 R/Contents %d 0 R>>\n" % (
            resources,
            box,
            root,
            content,
        )
        objects[content] = b"<</Length %d>>\nstream\n%s\nendstream\n" % (len(drawn), drawn)
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[root] = b"<</Type/Pages/Count %d/Kids[%s]>>\n" % (len(kids), listed)
    for page in pages:
        del objects[page]
    for number, body in objects.items():
        objects[number] = _led(body, sheet_of)
    return _file(objects, trailer)


def _read(pdf: bytes) -> tuple[dict[int, bytes], bytes]:
    """The objects by their numbers, and what the trailer says."""
    trailer = _TRAILER.search(pdf, max(0, pdf.rfind(b"\ntrailer\n")))
    table = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", pdf)
    if trailer is None or table is None:
        raise ValueError("this is no file of Typst's")
    lines = pdf[int(table[1]) : trailer.start()].splitlines()[2:]
    places = sorted((int(line[:10]), number) for number, line in enumerate(lines) if line[17:18] == b"n")
    ends = [place for place, _ in places[1:]] + [int(table[1])]
    objects = {}
    for (place, number), end in zip(places, ends, strict=True):
        head = _OBJECT.match(pdf, place)
        if head is None or int(head[1]) != number:
            raise ValueError("this is no file of Typst's")
        objects[number] = pdf[head.end() : pdf.rfind(b"endobj", place, end)]
    return objects, trailer[1]


def _sheet(wide: float, high: float) -> tuple[float, float]:
    """The sheet that two pages take: a paper on its side, when they are halves of one, but for a fraction."""
    for across, down in PAPERS:
        if abs(2 * wide - down) < 6 and abs(high - across) < 6:
            return down, across
    return 2 * wide, high


def _form(objects: dict[int, bytes], page: int, wide: float, high: float) -> int:
    """Make the content of a page a form, with what the page said of it: its number."""
    entry = objects[page]
    content = int(re.search(rb"/Contents (\d+) 0 R", entry)[1])  # type: ignore[index]
    resources = re.search(rb"/Resources (\d+ 0 R)", entry)
    parents = re.search(rb"/StructParents (\d+)", entry)
    own = b"/Type/XObject/Subtype/Form/BBox[0 0 %.4f %.4f]" % (wide, high)
    own += b"/Resources %s" % resources[1] if resources else b"/Resources<<>>"
    own += b"/StructParents %s" % parents[1] if parents else b""
    objects[content] = objects[content].replace(b"<<", b"<<" + own, 1)
    return content


def _led(body: bytes, sheet_of: Mapping[int, tuple[int, int]]) -> bytes:
    """An object whose references to pages lead to their sheets, and those to what is marked in them into the forms."""
    stream = _STREAM.search(body)
    entry, rest = (body[: stream.start()], body[stream.start() :]) if stream else (body, b"")

    def marked(page: int, number: bytes) -> bytes:
        sheet, form = sheet_of[page]
        return b"<</Type/MCR/Pg %d 0 R/Stm %d 0 R/MCID %s>>" % (sheet, form, number)

    def of_element(match: re.Match[bytes]) -> bytes:
        page = int(match[2])
        inside = _KID.sub(lambda kid: marked(page, kid[1]) if kid[1] else kid[0], match[1])
        return b"/K[%s]/Pg %d 0 R" % (inside, sheet_of[page][0])

    def of_page(match: re.Match[bytes]) -> bytes:
        there = sheet_of.get(int(match[1]))
        return b"%d 0 R" % there[0] if there else match[0]

    entry = _REFERRED.sub(lambda match: marked(int(match[1]), match[2]), entry)
    entry = _MARKED.sub(lambda match: of_element(match) if int(match[2]) in sheet_of else match[0], entry)
    return _REFERENCE.sub(of_page, entry) + rest


def _file(objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    """A file of these objects, with numbers that follow each other."""
    size = max(objects) + 1
    out = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n")
    places: dict[int, int] = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%sendobj\n" % (number, objects[number])
    table = len(out)
    out += b"xref\n0 %d\n" % size + b"".join(_rows(places, size))
    out += b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF" % (re.sub(rb"/Size \d+", b"/Size %d" % size, trailer), table)
    return bytes(out)


def _rows(places: Mapping[int, int], size: int) -> Iterator[bytes]:
    """The table of where objects are; those that are gone are free, in a chain."""
    free = [number for number in range(size) if number not in places]
    after = dict(zip(free, [*free[1:], 0], strict=True))
    for number in range(size):
        if number in places:
            yield b"%010d 00000 n\r\n" % places[number]
        else:
            yield b"%010d %05d f\r\n" % (after[number], 65535 if number == 0 else 1)
