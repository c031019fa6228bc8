"""Shoot at the project with files of every kind: `fuzz.py --rounds 2000`. What breaks a promise is kept as a case."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "scripts")]

import shots  # noqa: E402, once the folders are known

CRASHES = TESTS / "cases" / "crashes"


def main() -> int:
    """Exit status 0 when all files were taken as promised, 1 when not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000, help="files of each kind; of texts, 25 times as many")
    parser.add_argument("--first", type=int, default=0, help="the number of the first: go on where another run ended")
    parser.add_argument(
        "--whole", action="store_true", help="check the whole project with as many files too, not 1 in 20"
    )
    parser.add_argument(
        "kinds", nargs="*", help="front-matter, data, body, whole, picture, poses, code; all if none is named"
    )
    arguments = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        shooting = shots.Range(Path(folder) / "pond")
        for kind in shooting.kinds():
            if arguments.kinds and kind.replace(" ", "-") not in arguments.kinds:
                continue
            rounds = arguments.rounds * (25 if kind in ("body", "code") else 1)
            rounds = -(-rounds // 20) if kind == "whole" and not arguments.whole else rounds
            wrong = [shot for n in shots.seeds(rounds, arguments.first) if (shot := shooting.shoot(kind, n))]
            failed += len(wrong)
            print(f"{kind}: {rounds} tried, {rounds - len(wrong)} survived", flush=True)
            for shot in wrong[:20]:
                name = shots.case(kind, shot)
                CRASHES.mkdir(exist_ok=True)
                (CRASHES / name).write_bytes(shot.content)
                print(f"  {shot.name}: {shot.what[:300]} -> tests/cases/crashes/{name}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
