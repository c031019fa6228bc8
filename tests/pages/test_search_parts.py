"""The parts of an index: what they hold, what they weigh, and which of them change with a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from hipknee import fingerprints
from hipknee.pages import search_parts
from hipknee.pages.search import Hit
from hipknee.pages.search_index import DIGITS, KINDS, page_index
from hipknee.search_words import Words
from hipknee.wording import Say
from projects import words
from searching import content, hit, index, library, parts, texts

SAY = Say(words())
WORDS = Words(SAY)
POND = [
    [
        hit("hop/", "Flamingo hop", "hops on a leg", "hop", text="Hop on one leg.", where="Exercises"),
    ],
    [
        hit("knee/", "Wobbly knee", "IT band", text="It wobbles. See a vet. Rest it.", kind="condition"),
        hit("knee/#vet", "When to see a vet", text="See a vet.", where="Wobbly knee", kind="section"),
        hit("knee/#rest", "What to do", text="Rest it.", where="Wobbly knee", kind="section"),
    ],
    [
        hit("words/", "Words", text="Words for birds."),
        hit("words/#wing", "Wing", "flapper", text="What flaps.", where="Words", kind="word"),
    ],
]


# An index, read as docs/assets/javascripts/search.js does it.


def unfolded(text: str) -> list[str]:
    word, words = b"", []
    for one in text.split(" "):
        word = word[: 2 * int(one[0], 36)] + one[1:].encode("utf-16-be")  # a browser counts in units of two bytes
        words.append(word.decode("utf-16-be"))
    return words


def entries(text: str) -> Iterator[tuple[int, int]]:
    number, gap, digits = 0, 0, [ord(character) - 35 for character in text]
    while digits:
        digit = digits.pop(0)
        gap = gap * 28 + digit % 28
        if digit < 28:
            number += gap
            yield number, digits.pop(0)
            gap = 0


def lines(files: dict[str, str], kind: str) -> dict[str, str]:
    every: dict[str, str] = {}
    for (start, _), (names, text) in zip(content(files[search_parts.NAME])[kind], parts(files, kind), strict=True):
        own = dict(zip(unfolded(names), text.split(" "), strict=True))
        assert [one for one in own if one.encode("utf-16-be") < start.encode("utf-16-be")] == []
        assert [one for one in every if one.encode("utf-16-be") >= start.encode("utf-16-be")] == []
        every |= own
    return every


@pytest.mark.parametrize("pages", [POND, library(60)], ids=["small", "large"])
def test_what_is_written_can_be_read(pages: list[list[Hit]]) -> None:
    files = index(pages, SAY)
    documents = [document for page in pages for document in page_index(page, WORDS)]
    holders: dict[str, dict[int, str]] = {}
    names: dict[str, dict[int, str]] = {}
    named: set[tuple[str, int]] = set()
    for number, document in enumerate(documents):
        for term, weight in zip(document["terms"].split(), document["weights"], strict=True):
            holders.setdefault(term, {})[number] = weight
        for spelling in document["spellings"]:
            names.setdefault(spelling, {})[number] = document["kind"]
        named |= {(name, number) for name in document["names"] if "do" not in name.split()}  # of common words only
    read = {word: line.split("|") for word, line in lines(files, "words").items()}
    assert {word: {n: DIGITS[level] for n, level in entries(line[0])} for word, line in read.items()} == holders
    rows = [(word, *row.split("~")) for word, line in read.items() for row in line[1:]]
    all_words = [({word, *others.split("_")} - {""}, line) for word, others, line in rows]
    assert {(" ".join(sorted(every)), number) for every, line in all_words for number, _ in entries(line)} == named
    found = {name: {n: KINDS[kind] for n, kind in entries(line)} for name, line in lines(files, "names").items()}
    assert found == names
    assert {*unfolded(*parts(files, "spellings"))} == holders.keys()
    assert [(one["url"], one["title"]) for one in texts(files)] == [(one["url"], one["title"]) for one in documents]
    assert content(files[search_parts.NAME])["documents"] == len(documents)


def test_a_name_stands_with_the_word_that_fewest_hold() -> None:
    files = index(POND, SAY)
    assert "|flamingo~" not in lines(files, "words")["hop"]
    assert "|hop~" in lines(files, "words")["flamingo"]


def test_letters_that_are_two_to_a_browser() -> None:
    files = index([[hit("a/", "𐐨𐐩𐐪"), hit("b/", "𐐨𐐩𐐫"), hit("c/", "éa𐐨b"), hit("d/", "éa𐐨c"), hit("e/", "ﬀ")]], SAY)
    assert [*lines(files, "words")] == ["ea𐐨b", "ea𐐨c", "𐐨𐐩𐐪", "𐐨𐐩𐐫", "ﬀ"]


def test_what_is_shown() -> None:
    files = index(POND, SAY)
    shown = {one["url"]: (one["where"], one["text"]) for one in texts(files)}
    assert shown["hop/"] == ("Exercises", "Hop on one leg.")
    assert shown["knee/#vet"] == ("Wobbly knee", "See a vet.")
    assert shown["words/#wing"] == ("Words", "What flaps.")
    ((hop, knee, words, wing),) = parts(files, "texts")
    assert hop[4] == words[4] == []
    assert [id_ for id_, _, _ in knee[4]] == ["vet", "rest"]  # a page is shown with what stands in its sections
    assert wing[3] is None  # but not with the words on it


def test_there_may_be_nothing() -> None:
    assert content(index([], SAY)[search_parts.NAME])["documents"] == 0
    assert texts(index([[]], SAY)) == []


# Names


def test_the_names_of_parts_hold_a_hash() -> None:
    files = index(POND, SAY)
    assert not search_parts.NAME.startswith(fingerprints.FOLDERS)
    for name in files.keys() - {search_parts.NAME}:
        assert name.startswith(fingerprints.FOLDERS)
        stem, digest, ending = name.split(".")
        assert fingerprints.fingerprinted(f"{stem}.{ending}", files[name].encode()) == name
        assert digest in files[search_parts.NAME]
    assert index(POND, SAY) == files


def test_a_page_changes_few_parts() -> None:
    """So that who has searched before fetches little anew."""
    pages = library(150)
    before = index(pages, SAY)
    pages[70][0]["text"] += " another word"
    after = index(pages, SAY)
    assert before.keys() & after.keys() >= {name for name in before if "/texts-" in name or "/names-" in name}
    assert 0 < len(after.keys() - before.keys()) < len(before) / 4
    pages[70][0]["extract"] += " another word"
    changed = index(pages, SAY).keys() - after.keys()
    assert [re.sub(r"-.*", "", name) for name in changed] == [f"{search_parts.FOLDER}texts"]


# What is kept of a page


def test_what_is_kept_of_a_page_is_plain_and_its_own() -> None:
    alone = [page_index(page, WORDS) for page in POND]
    assert json.loads(json.dumps(alone)) == alone
    assert search_parts.assemble(json.loads(json.dumps(alone))) == index(POND, SAY)
    assert page_index(POND[1], Words(SAY)) == alone[1]


@pytest.mark.parametrize(
    ("heavy", "light"),
    [
        (hit("", "Hop"), hit("", "Leg", where="Hop")),
        (hit("", "Leg", "hop"), hit("", "Leg", where="Hop")),
        (hit("", "Leg", where="Hop"), hit("", "Leg", text="Hop.")),
        (hit("", "Leg", text="Hop. Hop."), hit("", "Leg", text="Hop. Leg.")),
        (hit("", "Leg", text="Hop."), hit("", "Leg", text=" ".join(["Hop", *map(str, range(60))]))),
        (hit("", "Hop", kind="condition"), hit("", "Hop")),
        (hit("", "Hop"), hit("", "Hop", kind="word")),
        (hit("", "Hop", kind="word"), hit("", "Hop", kind="section")),
    ],
)
def test_what_weighs_more(heavy: Hit, light: Hit) -> None:
    assert weight(heavy) > weight(light)


def weight(one: Hit) -> str:
    (document,) = page_index([one], WORDS)
    return dict(zip(document["terms"].split(), document["weights"], strict=True))["hop"]


# Sizes


def test_parts_are_small() -> None:
    files = index(library(300), SAY)
    sizes = {name: len(text.encode()) for name, text in files.items()}
    limits = {"words": 8_500, "names": 8_500, "texts": 12_000, "spellings": 30_000, "index": 5_000}
    for kind, limit in limits.items():
        of_kind = [size for name, size in sizes.items() if re.search(rf"/{kind}[-.]", name)]
        assert of_kind
        assert max(of_kind) <= limit, kind
    assert len(sizes) < 300
    assert content(files[search_parts.NAME])["small"] is False
    assert content(index(POND, SAY)[search_parts.NAME])["small"] is True


def test_a_page_can_be_long() -> None:
    section = hit("long/#a", "Long", text="So long. " * 10_000, kind="section")
    sections = [section, *(hit(f"long/#{n}", "Part", text="A part. " * 200, kind="section") for n in range(40))]
    files = index([[hit("long/", "Long", text="Long."), *sections], POND[0]], SAY)
    assert max(len(text) for name, text in files.items() if "/texts-" in name) < 12_000
    assert [one["url"] for one in texts(files)] == ["long/", *(one["url"] for one in sections), "hop/"]
    assert {one["where"] for one in texts(files)[1:-1]} == {"Long"}
