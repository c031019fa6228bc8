"""Read, write and check the codes of programmes: what a clinician has picked for one patient."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from hipknee.calls import a_path, run
from hipknee.content import catalogue as catalogues
from hipknee.programme import doses
from hipknee.programme.code import GRAMMAR, Programme, RefusedError
from hipknee.programme.orders import Order, OrderError, orders
from hipknee.programme.reading import read
from hipknee.programme.reasons import reason
from hipknee.programme.repertoire import Repertoire
from hipknee.programme.value import ValueRefusedError, as_value, code_of_json
from hipknee.refusals import contents, sentence
from hipknee.wording import Say

ROOT = Path(__file__).resolve().parent.parent


class RefusalError(Exception):
    """Something that is refused. The message is a sentence; `at` is as in a code, None elsewhere."""

    def __init__(self, message: str, refused: str, at: int | None) -> None:
        super().__init__(message)
        self.refused, self.at = refused, at


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Exit status: 0 done, 1 refused, 2 wrong usage.",
    )
    parser.add_argument("codes", nargs="*", metavar="CODE", help="make the sheets of these programmes")
    parser.add_argument(
        "--csv", type=a_path, metavar="FILE", help="the same for a table with the columns code, copies, paper, large"
    )
    parser.add_argument("--explain", metavar="CODE", help="print what a code stands for, as JSON")
    parser.add_argument(
        "--write", metavar="JSON", help="print the code of such a value; '-' reads it from standard input"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: print why a code is refused")
    parser.add_argument("--root", type=a_path, default=ROOT, help="the project's folder (default: this project)")
    options = parser.parse_args()
    asked = [bool(options.codes), options.csv is not None, options.explain is not None, options.write is not None]
    if sum(asked) != 1:
        parser.error("give codes, or one of --csv, --explain and --write")
    if not (options.root / "docs").is_dir():
        parser.error(f"there is no docs/ in {options.root}")
    if options.csv and not options.csv.is_file():
        parser.error(f"there is no file {options.csv}")
    if isinstance(sys.stdout, io.TextIOWrapper):  # a pipe on Windows has an encoding that lacks half of the letters
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _answer(options)
    except RefusalError as refusal:
        print(refusal, file=sys.stderr)
        if options.format == "json":
            print(json.dumps({"refused": refusal.refused, "at": refusal.at}))
        return 1


def _answer(options: argparse.Namespace) -> int:
    site = catalogues.load(options.root.resolve())
    repertoire = Repertoire.of(site)
    if options.explain is not None:
        value = as_value(_read(options.explain, repertoire), repertoire)
        print(json.dumps(value, indent=2, ensure_ascii=False))
        return 0
    if options.write is not None:
        print(_write(_value(options.write), repertoire))
        return 0
    return _sheets(options, repertoire, site.say)


def _read(text: str, repertoire: Repertoire, where: str = "") -> Programme:
    try:
        return read(text, repertoire)
    except RefusedError as error:
        raise RefusalError(where + reason(text, error.refusal, repertoire), *error.refusal) from None


def _value(text: str) -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig") if text == "-" else text
    except UnicodeDecodeError:
        raise RefusalError("This is not saved as UTF-8.", GRAMMAR, None) from None


def _write(text: str, repertoire: Repertoire) -> str:
    try:
        return code_of_json(text, repertoire)
    except ValueRefusedError as error:
        raise RefusalError(str(error), GRAMMAR, None) from None
    except RefusedError as error:
        raise RefusalError(reason(error.text, error.refusal, repertoire), *error.refusal) from None


def _sheets(options: argparse.Namespace, repertoire: Repertoire, say: Say) -> int:
    """Check every order, and say in words what would be printed."""
    lines = [(f"{options.csv}:{order.line}: ", order) for order in _orders(options.csv)] if options.csv else []
    lines += [("", Order(0, code)) for code in options.codes]
    programmes = [_read(order.code, repertoire, where) for where, order in lines]
    for programme in programmes:
        print(doses.programme(programme, repertoire, say).text())
    print("Sheets of programmes can't be made yet: what they will say is above.", file=sys.stderr)
    return 1


def _orders(path: Path) -> Iterator[Order]:
    try:
        yield from orders(contents(path).decode("utf-8"))
    except OrderError as error:
        raise RefusalError(f"{path}:{error.line}: {error}", GRAMMAR, None) from None
    except UnicodeDecodeError:
        raise RefusalError(f"{path} is not saved as UTF-8. Save it again as 'CSV UTF-8'.", GRAMMAR, None) from None
    except OSError as error:
        raise RefusalError(f"{path}: {sentence(error)}", GRAMMAR, None) from None


if __name__ == "__main__":
    sys.exit(run(main))
