"""The rules of the check: the id of each, as it is printed, and what may be done about a problem."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

WAIVABLE: Final = "waivable"
UNPRINTABLE: Final = "unprintable"


class Rule(StrEnum):
    """A rule; its value is its id.

    A waiver may excuse a page from a judgment (`waivable`), never from what the page can't do without. With a problem
    that is not `printable` a page names something that is not there, so that it can't be shown.
    """

    waivable: bool
    printable: bool

    def __new__(cls, id_: str, *allows: str) -> Rule:
        rule = str.__new__(cls, id_)
        rule._value_ = id_
        rule.waivable = WAIVABLE in allows
        rule.printable = UNPRINTABLE not in allows
        return rule

    YAML_BROKEN = "yaml-broken"
    KEY_UNKNOWN = "key-unknown"
    KEY_DUPLICATE = "key-duplicate"
    KEY_MISSING = "key-missing"
    VALUE_INVALID = "value-invalid", UNPRINTABLE
    IMAGE_MISSING = "image-missing"
    IMAGE_UNREADABLE = "image-unreadable"
    IMAGE_SMALL = "image-small", WAIVABLE
    IMAGE_SHAPE = "image-shape", WAIVABLE
    IMAGE_SHARED = "image-shared", WAIVABLE
    IMAGE_SAME = "image-same", WAIVABLE
    IMAGE_ROLE = "image-role", WAIVABLE
    IMAGE_STALE = "image-stale", WAIVABLE
    MAP_AREAS = "map-areas"
    ALT_MISSING = "alt-missing"
    ALT_LONG = "alt-long", WAIVABLE
    ALT_FACTS = "alt-facts", WAIVABLE
    MUSCLE_UNKNOWN = "muscle-unknown", UNPRINTABLE
    MUSCLE_MOVEMENT = "muscle-movement", WAIVABLE
    NAME_FACTS = "name-facts", WAIVABLE
    POSITION_STEPS = "position-steps", WAIVABLE
    STEPS_INCOMPLETE = "steps-incomplete"
    STEPS_ORDER = "steps-order", WAIVABLE
    STEP_ROLE = "step-role", WAIVABLE
    SIDE_SWITCH = "side-switch", WAIVABLE
    EQUIPMENT_STEPS = "equipment-steps", WAIVABLE
    DOSE_RANGE = "dose-range", WAIVABLE
    DOSE_STEPS = "dose-steps", WAIVABLE
    ALIAS_CLASH = "alias-clash", WAIVABLE
    CODE_CLASH = "code-clash"
    CODE_LOST = "code-lost"
    CODE_UNKNOWN = "code-unknown", UNPRINTABLE
    NOTE_UNKNOWN = "note-unknown", UNPRINTABLE
    PROGRAMME_ITEMS = "programme-items", UNPRINTABLE
    PROGRAMME_WEEKS = "programme-weeks", UNPRINTABLE
    HELPS_UNKNOWN = "helps-unknown"
    LINK_ONE_WAY = "link-one-way"
    LINK_BROKEN = "link-broken"
    EVIDENCE_UNKNOWN = "evidence-unknown", UNPRINTABLE
    SOURCE_INCOMPLETE = "source-incomplete"
    SIGN_LONG = "sign-long", WAIVABLE
    SIGN_UNFOUND = "sign-unfound"
    EMERGENCY_NUMBER = "emergency-number"
    BRACES_UNKNOWN = "braces-unknown"
    EXAMPLE_LEFT = "example-left"
    COUNT_TYPED = "count-typed", WAIVABLE
    DATE_FAR = "date-far", WAIVABLE
    WAIVER_INVALID = "waiver-invalid"
    FILE_UNKNOWN = "file-unknown"
    FILE_DAMAGED = "file-damaged"
    FILE_CLASH = "file-clash"
    ID_CLASH = "id-clash"
    PAGE_UNLISTED = "page-unlisted"
    LETTER_MISSING = "letter-missing"
    LETTERS_BROKEN = "letters-broken", WAIVABLE
    LETTER_UNSEEN = "letter-unseen"
    HEADING_LEVEL = "heading-level"
    MARKDOWN_MISPLACED = "markdown-misplaced", WAIVABLE
    MARKDOWN_UNKNOWN = "markdown-unknown", WAIVABLE
    TEXT_LONG = "text-long", UNPRINTABLE
    TEXT_MARKUP = "text-markup", WAIVABLE
    NESTING_DEEP = "nesting-deep", UNPRINTABLE
    ENGINE_BROKEN = "engine-broken"
    SENTENCE_LONG = "sentence-long", WAIVABLE
    WORD_HARD = "word-hard", WAIVABLE
    READING_GRADE = "reading-grade", WAIVABLE
