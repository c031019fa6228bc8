"""The picture that stands for a page: what is on it, and that nothing on it is cut off by chance."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hipknee.colours import TEAL
from hipknee.pictures import originals, share_cards
from hipknee.pictures.share_cards import Card
from hipknee.stock import Stock, digest_of
from PIL import Image, ImageChops

LONG = "Lie on your side and lift your top knee, like a shell that opens, to train your outer hip and buttock. " * 4


def drawn(card: Card) -> Image.Image:
    return Image.open(BytesIO(share_cards.draw(card))).convert("L")


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around all that is dark above the band."""
    above = image.crop((0, 0, image.width, 540))
    box = above.point(lambda value: 255 if value < 150 else 0).getbbox()
    assert box
    return box


@pytest.mark.parametrize("title", ["Tea", "How hip strength and knee pain are linked", "A very long title " * 12])
@pytest.mark.parametrize("summary", ["Short.", LONG])
def test_the_words_stay_within_the_margins(title: str, summary: str) -> None:
    image = drawn(Card("x", title, summary, "Site", TEAL))
    left, top, right, bottom = ink(image)
    assert image.size == (share_cards.WIDTH, share_cards.HEIGHT)
    assert 50 <= left < 80
    assert 50 <= top < 100
    assert right <= share_cards.WIDTH - 50
    assert bottom < 540


def test_the_picture_is_whole(tmp_path: Path) -> None:
    for size in ((1200, 600), (900, 1200)):
        path = tmp_path / f"{size[0]}.png"
        Image.new("RGB", size, "#d1401f").save(path)
        image = Image.open(BytesIO(share_cards.draw(Card("x", "Tea", LONG, "Site", TEAL, (originals.inspect(path),)))))
        red = ImageChops.difference(image.convert("RGB"), Image.new("RGB", image.size, "#d1401f")).convert("L")
        box = red.point(lambda value: 255 if value < 12 else 0).getbbox()
        assert box
        assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(size[0] / size[1], rel=0.03)
        assert box[0] > 560  # beside the words


@pytest.mark.parametrize("count", [2, 3, 4])
def test_several_pictures_stand_apart(tmp_path: Path, count: int) -> None:
    colours = ("#d1401f", "#1f40d1", "#1fa040", "#804080")[:count]
    pictures = []
    for n, colour in enumerate(colours):
        Image.new("RGB", (1200, 600), colour).save(tmp_path / f"{n}.png")
        pictures.append(originals.inspect(tmp_path / f"{n}.png"))
    image = Image.open(BytesIO(share_cards.draw(Card("x", "Tea", LONG, "Site", TEAL, (*pictures,))))).convert("RGB")
    boxes = []
    for colour in colours:
        apart = ImageChops.difference(image, Image.new("RGB", image.size, colour)).convert("L")
        box = apart.point(lambda value: 255 if value < 8 else 0).getbbox()
        assert box
        assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(2, rel=0.05)
        assert box[0] > 560
        assert box[3] < 546
        boxes.append(box)
    for n, one in enumerate(boxes):
        for two in boxes[n + 1 :]:
            assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]


def test_what_is_on_it_is_in_its_name(tmp_path: Path) -> None:
    one = Card("tea", "Tea", "Hot.", "Site", TEAL)
    assert one.name != Card("tea", "Tea", "Cold.", "Site", TEAL).name
    assert one.name != Card("tea", "Tea", "Hot.", "Site", "#7a1f4b").name
    made = share_cards.make({"tea.md": one}, Stock(tmp_path))["tea.md"]
    assert made.path.read_bytes() == share_cards.draw(one)
    assert made.name == f"share-tea-{digest_of(made.path)[:10]}.jpg"
    made.path.write_bytes(b"")  # as a full disk of another program leaves it
    again = share_cards.make({"tea.md": one}, Stock(tmp_path))["tea.md"]
    assert again == made
    assert again.path.read_bytes() == share_cards.draw(one)
