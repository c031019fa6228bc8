"""Letters that a wrong encoding broke, and real words that only look like it."""

# ruff: noqa: RUF001, the letters are what is tried
from __future__ import annotations

from time import process_time

import pytest
from hipknee.broken_letters import WORTH_A_LOOK, broken, mended

BROKEN = {
    "going only Â¾ of the way. Donâ€™t hurry": "going only ¾ of the way. Don’t hurry",
    "cafÃ© MÃºsica CÃ©sar Ã€ la": "café Música César À la",
    "ÃƒÂ©tÃƒÂ©": "été",
    "bend it 90Â°.": "bend it 90°.",
    "“x â€ y": "“x ” y",
    "don‚Äôt caf√© 90¬∞ and so on‚Ä¶": "don’t café 90° and so on…",
    "donΓÇÖt caf├⌐": "don’t café",
    "Ð¿Ñ€Ð¸Ð²ÐµÑ‚, Î“Î¤": "привет, ΓΤ",
    "ðŸ˜€ â†’ â‰¤": "😀 → ≤",
    "rozÅ‚Ä…ka": "rozłąka",
}
REAL = """
    Âge âge São GARÇÃO MANHÃ… “MANHÃ” «CAFÉ» CAFÉ’s JOSÉ’s «café»… Vâng Ân ẤN PIÑ’s ÅSÄ’s â ‚Äpfel‘ „Ä“ √2 ¬a 90° Ã Â Ñ
    Î ÎLE É’ Ô… «À» Привет Ветер Вёсны Він вії ΓΑ «Â» España–ESPAÑA NIÑ– naïf… Noël’s ð Þ Ä– Å– SMÅ… blå… FÅ”.
    “IRMÔ, «IRMû Tâm. tấm ï… ΓÇ ├─┬─ 5 ¬° TÂ°. ½ ¾ ≤ ≥ → − × … • ™ ‘a’
"""
LETTERS = [chr(code) for code in range(0xA1, 0x180) if chr(code).isprintable()] + list("‘’“”–—…•€™°½¾⅓≤≥→←−×✓")


@pytest.mark.parametrize("text", BROKEN)
def test_broken_letters_are_known_and_mended(text: str) -> None:
    assert mended(text) == BROKEN[text]
    assert all(part in text for part in broken(text))
    assert [*broken(text)]
    assert WORTH_A_LOOK.search(text)


@pytest.mark.parametrize("text", REAL.split())
def test_real_words_stay(text: str) -> None:
    assert (mended(text), [*broken(text)]) == (text, [])


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp437"])
def test_every_letter_that_can_be_broken_is_mended(encoding: str) -> None:
    tried = 0
    for letter in LETTERS:
        try:
            text = letter.encode().decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isprintable():
            assert mended(f"go{text}ne") == f"go{letter}ne"
            tried += 1
    assert tried > 140


@pytest.mark.parametrize("part", ["Â", "â", "â€", "Ã©", "ð", "Â»", "√", "‚Ä", "Γ", "ÃƒÂ"])
def test_no_text_takes_long(part: str) -> None:
    start = process_time()
    text = part * (100_000 // len(part))
    mended(text), [*broken(text)]
    assert process_time() - start < 5
