"""Draw the mark of the site, a hip and the leg that hangs on it: logo.svg, favicon.png and apple-touch-icon.png."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hipknee.calls import a_path, run
from hipknee.colours import TEAL
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
ICONS, LOGO = "docs/assets/images", "hooks/overrides/partials/logo.svg"
WHITE, WARM = "#ffffff", "#f0973b"  # the leg and the hip
# On a square of 64: the leg from the hip over the knee to the toes, and the hip itself.
SIDE, CORNER, STROKE = 64, 14, 11
LEG = ((25, 18), (38, 33), (30, 52), (42, 52))
HIP, RADIUS = LEG[0], 10


def svg() -> str:
    """Without its ground, for the head of the page: white leg, warm hip."""
    points = " ".join(f"{x},{y}" for x, y in LEG)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 {SIDE} {SIDE}">'
        f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="{STROKE}" '
        f'stroke-linecap="round" stroke-linejoin="round"/>'
        f'<circle cx="{HIP[0]}" cy="{HIP[1]}" r="{RADIUS}" fill="{WARM}"/></svg>\n'
    )


def png(side: int, corner: float) -> Image.Image:
    """On its teal ground, `side` pixels wide; `corner` is the radius of its corners on the square of 64."""
    scale = 8 * side / SIDE
    image = Image.new("RGBA", (8 * side, 8 * side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, 8 * side - 1, 8 * side - 1), corner * scale, fill=TEAL)
    leg = [(x * scale, y * scale) for x, y in LEG]
    pen.line(leg, fill=WHITE, width=round(STROKE * scale))
    for x, y in leg:  # round ends and joints
        pen.circle((x, y), STROKE * scale / 2, fill=WHITE)
    pen.circle(leg[0], RADIUS * scale, fill=WARM)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, epilog="Exit status: 0 drawn, 2 wrong usage.")
    parser.add_argument("--root", type=a_path, default=ROOT, help="the project's folder (default: this one)")
    root = parser.parse_args().root
    for folder in (root / ICONS, (root / LOGO).parent):
        folder.mkdir(parents=True, exist_ok=True)
    png(48, CORNER).save(root / ICONS / "favicon.png", optimize=True)
    png(180, 0).convert("RGB").save(root / ICONS / "apple-touch-icon.png", optimize=True)  # the phone rounds it
    (root / LOGO).write_text(svg(), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
