"""Print pages with WeasyPrint, one after the other, in a process of its own: HTML on stdin, PDFs on stdout.

It is run by the Python that has WeasyPrint and nothing of this project. Before each page and each PDF stands its
length, as 8 bytes.
"""

from __future__ import annotations

import sys
from typing import BinaryIO


def send(to: BinaryIO, content: bytes) -> None:
    to.write(len(content).to_bytes(8, "big") + content)
    to.flush()


def receive(from_: BinaryIO) -> bytes:
    """What the other side sent; b"" when it has ended."""
    return from_.read(int.from_bytes(from_.read(8), "big"))


def main() -> None:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    while page := receive(sys.stdin.buffer):
        send(sys.stdout.buffer, HTML(string=page.decode()).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1"))


if __name__ == "__main__":
    main()
