"""Check the content of the site, without building it."""

from __future__ import annotations

import argparse
import datetime
import io
import json
import sys
from pathlib import Path

from hipknee.calls import a_path, run
from hipknee.content.model import Exercise
from hipknee.gate import gate, waivers
from hipknee.problems import Problem, counted
from hipknee.progress import counting
from hipknee.refusals import holds

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Exit status: 0 nothing to fix, 1 something to fix, 2 wrong usage.",
    )
    parser.add_argument("paths", nargs="*", type=a_path, metavar="PATH", help="report only on these files or folders")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print problems (default: text)")
    parser.add_argument(
        "--site", type=a_path, metavar="DIR", help="check a built site instead: stamps, links, pictures"
    )
    parser.add_argument("--waivers", action="store_true", help="list the rules that pages are excused from, and why")
    parser.add_argument("--reviews", action="store_true", help="list pages whose review or waiver has run out")
    parser.add_argument("--today", type=_date, metavar="DATE", help="the day for --reviews (default: today)")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of an exercise's front matter")
    parser.add_argument("--root", type=a_path, default=ROOT, help="the project's folder (default: this project)")
    options = parser.parse_args()
    # A pipe on Windows has an encoding that lacks half of the letters.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    root = options.root.resolve()
    if not holds((root / "docs").is_dir):
        parser.error(f"there is no docs/ in {root}")
    places = [_place(path, root) for path in options.paths]
    for path, place in zip(options.paths, places, strict=True):
        if place is None:
            parser.error(f"there is no {path} in {root}")
    if options.site and not options.site.is_dir():
        parser.error(f"there is no built site at {options.site}")
    if options.schema:
        print(json.dumps(Exercise.model_json_schema(), indent=2, ensure_ascii=False))
        return 0
    if options.waivers:
        return _list_waivers(root)
    if options.reviews:
        return _list_overdue(root, options.today or datetime.date.today())
    if options.site:
        from hipknee.site import check_built  # it opens all rooms, which takes as long as a check

        problems, what = check_built(options.site, root), f"in {options.site}"
    else:
        report = gate.check(root, progress=counting(sys.stderr.isatty()))
        problems, what = report.problems, _counts(report)
    reported = [
        problem for problem in problems if not places or any((root / problem.path).is_relative_to(at) for at in places)
    ]
    FORMATS[options.format](reported, root)
    if not reported and options.format == "text" and sys.stderr.isatty():
        if places:
            what = f"in {', '.join(map(str, options.paths))}"
        elsewhere = f" Elsewhere: {counted(len(problems), 'problem')}." if problems else ""
        joint = " " if what.startswith("in ") else ": "
        print(f"Nothing to fix{joint}{what}.{elsewhere}", file=sys.stderr)
    return 1 if reported else 0


def _counts(report: gate.Report) -> str:
    """What was checked: "7 exercises, 2 condition pages, 8 other pages, 23 pictures"."""
    catalogue = report.catalogue
    exercises, conditions = len(catalogue.exercises), len(catalogue.conditions)
    others = len(catalogue.files.pages) - exercises - conditions
    counts = {"exercise": exercises, "condition page": conditions, "other page": others}
    return ", ".join(counted(n, noun) for noun, n in {**counts, "picture": len(report.pictures)}.items())


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-11-22") from None


def _place(path: Path, root: Path) -> Path | None:
    """The file or folder meant, seen from here or from the project's root; None when the project has none such."""
    candidates = (place.resolve() for place in (path, root / path) if place.exists())
    return next((place for place in candidates if place.is_relative_to(root)), None)


def _list_waivers(root: Path) -> int:
    for waived in gate.check(root).waived:
        count, waiver = len(waived.silenced), waived.waiver
        now = f"silences {counted(count, 'problem')} now" if count else "silences nothing now: delete it"
        print(
            f"{waived.path}:{waived.line}: [{waiver.rule}] {now}. Until {waiver.until}, by {waiver.by}: {waiver.reason}"
        )
    return 0


def _list_overdue(root: Path, today: datetime.date) -> int:
    late = waivers.overdue(gate.check(root).catalogue, today)
    for overdue in late:
        what = f"the waiver of [{overdue.waiver.rule}] ran out" if overdue.waiver else "the review was due"
        print(f"{overdue.path}:{overdue.line}: {what} on {overdue.day}.")
    return 1 if late else 0


def _print_text(problems: list[Problem], root: Path) -> None:
    """One line for each problem. On a terminal, the line of the file and the line as it should be stand below it."""
    for problem in problems:
        print(problem.quoting(root) if sys.stdout.isatty() else problem)


def _print_json(problems: list[Problem], _: Path) -> None:
    keys = {"path": "path", "line": "line", "rule": "rule", "message": "message", "hint": "advice"}
    values = [{key: getattr(problem, name) for key, name in keys.items()} for problem in problems]
    print(json.dumps(values, indent=2, ensure_ascii=False))


def _print_github(problems: list[Problem], _: Path) -> None:
    """Workflow commands, which GitHub shows beside the line. The escapes are its own."""
    for problem in problems:
        text = (
            f"{problem.message} {problem.advice}".strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        )
        path = problem.path.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        print(f"::error file={path},line={problem.line},title={problem.rule}::{text}")


FORMATS = {"text": _print_text, "json": _print_json, "github": _print_github}

if __name__ == "__main__":
    sys.exit(run(main))
