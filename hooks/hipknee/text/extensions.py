"""What happens to an author's text on its way to HTML: the Markdown extensions of this project, set page by page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from markdown.extensions import Extension

from ..pictures.renditions import Plan
from ..wording import Say
from .body_pictures import BodyPictures
from .citations import Citations
from .first_mentions import FirstMentions
from .names import Names
from .notes import Notes
from .numbers_to_call import NumbersToCall
from .tables import Tables
from .unpublished_links import UnpublishedLinks


class Extensions:
    """The extensions of one build: for Markdown, in `all`. Call `begin` before each page is converted.

    `names` are those that a text may mention; `say` says what a screen reader hears before a source's number; `labels`
    are short names of the sources by key; `sizes` is how wide a picture in a text is shown, as HTML has it; `emergency`
    is the number that {emergency} stands for; `left_out` are pages that are not published, as paths below docs/.
    """

    def __init__(
        self,
        say: Say,
        names: Names,
        labels: Mapping[str, str],
        plans: Mapping[str, Plan],
        sizes: str,
        emergency: str,
        left_out: Collection[str] = (),
    ) -> None:
        self._mentions = FirstMentions(names)
        self._citations, self._pictures = Citations(), BodyPictures(plans, sizes)
        self._citations.labels, self._citations.word = labels, say("source")
        self.all: list[Extension] = [self._mentions, self._citations, self._pictures, Tables()]
        self._unpublished = UnpublishedLinks(left_out)
        self.all += [NumbersToCall(emergency), Notes(), self._unpublished]

    def begin(self, page: str, evidence: Sequence[str], picture: Callable[[str], str]) -> None:
        """The page at the path `page` below docs/ comes next.

        `evidence` are the keys of its sources, in order; `picture` turns a rendition's name into its address.
        """
        self._mentions.page = self._pictures.page = self._unpublished.page = page
        self._citations.evidence = evidence
        self._pictures.url = picture
