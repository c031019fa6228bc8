"""Check a project once for each file of a folder, put in the place of one page, and write down what was said.

Run by compare_sites.py in a process of its own, with the engine that is to be asked on the path:
python run_cases.py scripts/check.py PROJECT PAGE CASES OUT
"""

from __future__ import annotations

import io
import json
import runpy
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path


def main() -> int:
    script, project, page, cases, out = sys.argv[1:]
    at, results = Path(project, page), Path(out)
    results.mkdir(parents=True, exist_ok=True)
    before = at.read_bytes()
    for name, content in [("(as it was)", before), *((p.name, p.read_bytes()) for p in sorted(Path(cases).iterdir()))]:
        at.write_bytes(content)
        answer = json.dumps(_check(script, project), indent=1, ensure_ascii=False)
        (results / f"{name}.json").write_text(answer, "utf-8")
    at.write_bytes(before)
    return 0


def _check(script: str, project: str) -> dict[str, object]:
    """The exit status, the findings, and what went to the other stream."""
    sys.argv = [script, "--root", project, "--format", "json"]
    out, err = io.StringIO(), io.StringIO()
    status: object = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            runpy.run_path(script, run_name="__main__")
        except SystemExit as end:
            status = end.code or 0
        except Exception as error:
            status = f"{type(error).__name__}: {error}"
    try:
        findings = json.loads(out.getvalue())
    except ValueError:
        findings = out.getvalue()
    return {"status": status, "findings": findings, "errors": err.getvalue()}


if __name__ == "__main__":
    sys.exit(main())
