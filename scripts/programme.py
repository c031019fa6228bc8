"""Read, write and check the codes of programmes: what a clinician has picked for one patient."""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from hipknee.calls import a_path, folder_to_fill, run, share
from hipknee.content import catalogue as catalogues
from hipknee.pdf_names import PAPERS
from hipknee.print.making import Sheet, each
from hipknee.print.press import NotOnPaperError
from hipknee.print.programme_sheets import Handed
from hipknee.print.typesetting import typesetter
from hipknee.programme.code import GRAMMAR, UNKNOWN_CODE, Programme, RefusedError, write
from hipknee.programme.orders import Order, OrderError, orders
from hipknee.programme.reading import read
from hipknee.programme.reasons import reason
from hipknee.programme.repertoire import Repertoire
from hipknee.programme.value import ValueRefusedError, as_value, code_of_json
from hipknee.progress import Progress
from hipknee.refusals import contents, sentence
from hipknee.site import press_of

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "dist" / "programmes"
EXAMPLES = """\
examples:
  python scripts/programme.py 1-08Z-CLA2X8-...                the sheet of one programme, on the clinic's paper
  python scripts/programme.py --csv sheets.csv                a sheet for each line of a table, into dist/programmes/
  python scripts/programme.py --csv sheets.csv --shard 2/8    an eighth of them: eight machines can share the work
  python scripts/programme.py --explain 1-08Z-CLA2X8-...      what a code stands for

The table has the columns code, copies, paper and large; only the first is needed. A line that is refused is named, and
the others are made.

Exit status: 0 done, 1 something was refused, 2 wrong usage."""


class RefusalError(Exception):
    """Something that is refused. The message is a sentence; `at` is as in a code, None elsewhere."""

    def __init__(self, message: str, refused: str, at: int | None) -> None:
        super().__init__(message)
        self.refused, self.at = refused, at


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
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
    parser.add_argument("--shard", type=share, metavar="N/OF", help="only every OF-th sheet, from the N-th on")
    parser.add_argument("--out", type=folder_to_fill, metavar="DIR", default=OUT, help="default: dist/programmes")
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
        _tell(refusal, options)
        return 1


def _tell(refusal: RefusalError, options: argparse.Namespace) -> None:
    print(refusal, file=sys.stderr)
    if options.format == "json":
        print(json.dumps({"refused": refusal.refused, "at": refusal.at}))


def _answer(options: argparse.Namespace) -> int:
    if options.explain is None and options.write is None:
        return _sheets(options)
    site = catalogues.load(options.root.resolve())
    repertoire = Repertoire.of(site)
    if options.explain is not None:
        value = as_value(_read(options.explain, repertoire), repertoire)
        print(json.dumps(value, indent=2, ensure_ascii=False))
        return 0
    print(_write(_value(options.write), repertoire))
    return 0


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


def _sheets(options: argparse.Namespace) -> int:
    """Make what is asked for, say what is refused, and leave nothing half written."""
    root, refusals = options.root.resolve(), 0

    def refuse(refusal: RefusalError) -> None:
        nonlocal refusals
        refusals += 1
        _tell(refusal, options)

    press = press_of(root, Progress)
    own: str = press.pages.clinic.paper or next(iter(PAPERS))
    sheets: dict[str, Sheet] = {}
    places: dict[str, str] = {}
    for where, order in _asked(options, refuse):
        try:
            programme = _read(order.code, press.pages.repertoire, where)
            handed = Handed(programme, write(programme))
            sheet = press.programme(handed, order.paper or own, order.large, order.copies)
        except RefusalError as refusal:
            refuse(refusal)
        except NotOnPaperError as error:
            refuse(RefusalError(f"{where}{error}", UNKNOWN_CODE, None))
        else:
            if sheet.name in places:
                first = f"in {places[sheet.name].rstrip(': ')}" if places[sheet.name] else "before it"
                refuse(
                    RefusalError(
                        f"{where}The same sheet is asked for {first}. Write how many as 'copies'.", GRAMMAR, None
                    )
                )
                continue
            places[sheet.name], sheets[sheet.name] = where, sheet
    number, count = options.shard or (1, 1)
    mine = [*sheets.values()][number - 1 :: count]
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.out, prefix=".making-") as folder:
        for sheet, path, problems in each(mine, typesetter(root), Path(folder), Progress):
            for problem in problems:
                refuse(RefusalError(f"{places[sheet.name]}{problem}", GRAMMAR, None))
            if path:
                path.replace(options.out / sheet.name)
                if options.format == "text":
                    print(options.out / sheet.name)
    return 1 if refusals else 0


def _asked(options: argparse.Namespace, refuse: Callable[[RefusalError], object]) -> Iterator[tuple[str, Order]]:
    """Each order with what its line is called; what is none is refused."""
    for code in options.codes:
        yield "", Order(0, code)
    if not options.csv:
        return
    path = options.csv
    try:
        for order in orders(contents(path).decode("utf-8")):
            if isinstance(order, OrderError):
                refuse(_of_line(path, order))
            else:
                yield f"{path}:{order.line}: ", order
    except OrderError as error:
        refuse(_of_line(path, error))
    except UnicodeDecodeError:
        message = f"{path} is not saved as UTF-8. Save it again as 'CSV UTF-8'."
        refuse(RefusalError(message, GRAMMAR, None))
    except OSError as error:
        refuse(RefusalError(f"{path}: {sentence(error)}", GRAMMAR, None))


def _of_line(path: Path, error: OrderError) -> RefusalError:
    return RefusalError(f"{path}:{error.line}: {error}", GRAMMAR, None)


if __name__ == "__main__":
    sys.exit(run(main))
