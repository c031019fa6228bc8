"""What went wrong in a build, in one sentence for the person who edits the site."""

from __future__ import annotations

import html
import traceback
from collections.abc import Sequence
from pathlib import Path

from ..content.catalogue import FALLBACK, language_of, words_of
from ..problems import Problem, counted
from ..refusals import sentence
from ..rules import Rule
from ..wording import Say

PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2">
<title>{title}</title>
<h1>{title}</h1>
<pre lang="en" style="white-space: pre-wrap">{message}</pre>
<p>{waiting}</p>
</html>
"""
ENGLISH = {
    "failed_title": "Build failed",
    "problems_waiting": "Save the file when it is fixed. This page reloads by itself.",
}
"""What the page says when not even the words can be read."""


def explain(error: BaseException, root: Path) -> str:
    """Where in the project it went wrong and what was said, without a traceback."""
    message = " ".join(str(getattr(error, "message", None) or error).split()) or type(error).__name__
    if isinstance(error, OSError):
        return sentence(error, root)
    name = getattr(error, "filename", None)
    line = getattr(error, "lineno", None)
    if not (isinstance(name, str) and line):
        frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
        ours = [at for at in frames if Path(at[0]).is_relative_to(root) and ".venv" not in Path(at[0]).parts]
        name, line = ours[-1] if ours else (None, None)
    if not (isinstance(name, str) and line):
        return message
    kind = "" if hasattr(error, "message") else f"{type(error).__name__}: "
    return f"{_short_path(name, root)}:{line}: {kind}{message}"


def refusal(problems: Sequence[Problem], site: Path | None) -> str:
    """Why nothing is built with these problems; "" when it is. `site` is what would be published, if anything."""
    if broken := [str(problem) for problem in problems if problem.rule is Rule.ENGINE_BROKEN]:
        return "\n".join(broken)  # no page could be shown
    return unpublished(len(problems), "problem", "to fix", site) if problems and site else ""


def unpublished(count: int, noun: str, what: str, site: Path) -> str:
    """Why nothing was published: "2 problems to fix. site/ is unchanged." """
    return f"{counted(count, noun)} {what}. {site.name}/ is unchanged."


def _short_path(path: str, root: Path) -> str:
    return Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else path


def page(message: str, root: Path) -> str:
    """A page that says so, in the language of the site at `root`, and looks again every two seconds.

    Seen by editors only, on their own machine.
    """
    language = language_of(root)
    words = words_of(root, language)
    say = Say({**ENGLISH, **words})
    texts = {"title": say("failed_title"), "waiting": say("problems_waiting"), "message": message}
    return PAGE.format(
        language=language if words else FALLBACK, **{name: html.escape(text) for name, text in texts.items()}
    )
