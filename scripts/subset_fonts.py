"""Make the bundled faces from Source Sans 3: static .ttf for print; for the site two small .woff2, one for all weights.

Needed only when the letters change:
    pip install fonttools==4.68.0 brotli==1.2.1 fontpkg-source-sans-3==3.52
    python scripts/subset_fonts.py
Their family has a name of its own: the license (OFL) reserves the name "Source" for fonts that nobody has changed.
"""

from __future__ import annotations

import argparse
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee.calls import run

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FAMILY, SHORT = "Hips and Knees Sans", "HipsAndKneesSans"
FACES = {"Regular": 400, "Italic": 400, "SemiBold": 600, "Bold": 700}
REGULAR, ITALIC, BOLD = 1 << 6, 1 << 0, 1 << 5  # OS/2.fsSelection
# Latin letters of Europe, punctuation, arrows, comparisons, ✓ and ✗ ...
SITE = "0020-007E 00A0-017F 2010-2027 2030-203A 20AC 2122 2190-2193 2212 2248 2264-2265 2713 2717"
# ... and for print also Greek, fractions, boxes and more signs: a page with an unknown letter can't be printed.
PRINT = f"{SITE} 0218-021B 02BC-02DD 0300-0328 0370-03FF 1E80-1E9E 2000-22FF 25A0-2617 2713-2718"
SITE_FEATURES = "kern mark mkmk ccmp liga".split()
PRINT_FEATURES = [*SITE_FEATURES, *"locl frac numr dnom ordn sups subs case".split()]


def make(face: str, weight: int | tuple[int, int], letters: str, features: list[str]) -> TTFont:
    """One face. With a range of weights it holds all that lie between."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    source = "SourceSans3-Italic[wght].ttf" if face == "Italic" else "SourceSans3[wght].ttf"
    font = TTFont(str(files("fontpkg_source_sans_3") / "files" / source), recalcTimestamp=False)
    kept = [0, 5, 7, 8, 9, 11, 13, 14]  # copyright, version, trademark, makers, license
    subsetter = Subsetter(Options(hinting=False, layout_features=features, name_IDs=kept, name_languages=[0x409]))
    ranges = [[int(code, 16) for code in part.split("-")] for part in letters.split()]
    subsetter.populate(unicodes=[code for ends in ranges for code in range(ends[0], ends[-1] + 1)])
    varies = isinstance(weight, tuple)
    if varies:  # the subsetter finds its way in a whole variable font only
        subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": weight})
    if not varies:
        del font["STAT"]
        subsetter.subset(font)
    # Regular, Italic and Bold are one family in every program; SemiBold is a family of its own in old ones.
    names = {1: FAMILY, 2: face, 3: f"3.052;{SHORT}-{face}", 4: f"{FAMILY} {face}", 6: f"{SHORT}-{face}"}
    if face == "SemiBold":
        names |= {1: f"{FAMILY} {face}", 2: "Regular", 16: FAMILY, 17: face}
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight[0] if isinstance(weight, tuple) else weight
    style = {"Italic": ITALIC, "Bold": BOLD}.get(face, REGULAR)
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~(REGULAR | ITALIC | BOLD) | style
    font["head"].macStyle = {"Bold": 1, "Italic": 2}.get(face, 0)
    return font


def main() -> int:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    try:
        faces = {face: make(face, weight, PRINT, PRINT_FEATURES) for face, weight in FACES.items()}
    except ImportError as error:
        print(
            f"The letters need {error.name}. The command that installs it is at the top of this script.",
            file=sys.stderr,
        )
        return 1
    for face, font in faces.items():
        font.save(ROOT / f"hooks/hipknee/print/typst/fonts/{SHORT}-{face}.ttf")
    font = make("Regular", (400, 700), SITE, SITE_FEATURES)
    font.flavor = "woff2"
    font.save(ROOT / "docs/assets/fonts/hips-and-knees-sans.woff2")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
