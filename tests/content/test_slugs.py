"""A name becomes an address that can be typed and printed, or none: no letter is left out in silence."""

from __future__ import annotations

import pytest
from hipknee.content.slugs import LONGEST, SlugError, check, slug

SLUGS = {
    "Seated knee  extension": "seated-knee-extension",
    "½ squat": "1-2-squat",
    "1½ lunge": "1-1-2-lunge",
    "3/4 sit-up": "3-4-sit-up",
    "Große Straße": "grosse-strasse",
    "STRAẞE": "strasse",
    "Łódź walk": "lodz-walk",
    "Østre bæver": "ostre-baever",
    "Đứng một chân": "dung-mot-chan",
    "Nâng gối ở tư thế ngồi": "nang-goi-o-tu-the-ngoi",
    "I\u015f\u0131k \u0130\u011fne": "isik-igne",
    "Šķirba ŋ": "skirba-ng",
    "Δ squat": "delta-squat",
    "β-hold": "beta-hold",
    "Runner's stretch": "runners-stretch",
    "Runner’s stretch": "runners-stretch",
    'The "clock" lunge': "the-clock-lunge",
    "Sit\\stand: chair": "sit-stand-chair",
    "- x": "x",
    "Heel raise 🦶 now": "heel-raise-now",
    "{title}": "title",
    "null": "null",
    "No. 2": "no-2",
    "x" * LONGEST: "x" * LONGEST,
}
REFUSED = {
    "": "letters or digits",
    "!?": "letters or digits",
    "🦶": "letters or digits",
    "Κάμψη γόνατος": "'κ' is not a letter that a web address can have",
    "Подъём ноги": "'п' is not",
    "膝を伸ばす": "is not a letter",
    "Squat Подъём": "is not a letter",
    "٣ squats": "is not a letter",
    "2": "'2' is a number, and the pages of lists of exercises have numbers as addresses",
    "x" * 300: "it has 300 characters, and the limit is 60",
}
NO_SLUGS = ("Knee", "knee_up", "knee--up", "-knee", "knee-", "knee.md", "../knee", "knee/up", "", "2", "x" * 61)


@pytest.mark.parametrize("name", SLUGS)
def test_a_name_has_an_address(name: str) -> None:
    assert slug(name) == SLUGS[name]
    check(slug(name))


@pytest.mark.parametrize("name", REFUSED)
def test_or_it_is_said_why_not(name: str) -> None:
    with pytest.raises(SlugError, match=REFUSED[name]):
        slug(name)


@pytest.mark.parametrize("words", NO_SLUGS)
def test_what_is_no_address(words: str) -> None:
    with pytest.raises(SlugError):
        check(words)
