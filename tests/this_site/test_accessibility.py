"""WCAG 2.2 AA in a real browser: what axe-core finds, and what no tool finds: keyboard, zoom, spacing, bare HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import served
from playwright.sync_api import Browser, Page, Route, expect
from projects import LANGUAGE, ROOT, words

pytestmark = pytest.mark.acceptance

SAY = words(LANGUAGE)
SOURCES = sorted(path.relative_to(ROOT / "docs").as_posix() for path in ROOT.glob("docs/**/*.md"))
PAGES = [f"/{path.removesuffix('.md').removesuffix('index')}/".replace("//", "/") for path in SOURCES] + ["/nowhere/"]
KINDS = ["/", "/exercises/clamshell/", "/hip-pain/", "/exercises/", "/glossary/", "/your-week/"]
"""One page of each template, and one with tables."""
CLAMSHELL = "/exercises/clamshell/"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
WIDTHS = {"phone": 360, "400 % of 1280": 320, "200 % of 1440": 720, "last with a menu": 1219, "first without": 1220}
"""Zoom is a narrower window, measured in CSS pixels."""

COLORS = ["color-contrast", "link-in-text-block"]
"""The rules that may find something else in the dark."""
# Every rule that is on by default, best practices among them, and the one of WCAG 2.2 that is not.
RULES = {
    "light": {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]},
    "dark": {"runOnly": {"type": "rule", "values": COLORS}, "resultTypes": ["violations"]},
}


@pytest.fixture
def page(browser: Browser, home: str) -> Iterator[Page]:
    with browser.new_context(base_url=home, viewport=PHONE, reduced_motion="reduce") as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def violations(page: Page) -> list[str]:
    """What axe-core finds, in light colors and in dark ones: the rule, and where."""
    found = []
    for colors, rules in RULES.items():
        page.emulate_media(color_scheme=colors)  # type: ignore[arg-type]
        settled(page)
        for rule in Axe().run(page, options=rules).response["violations"]:
            found += [
                f"{rule['id']}, {colors}: {node['html'][:160]} {node['failureSummary']}" for node in rule["nodes"]
            ]
    return found


def settled(page: Page) -> None:
    """Wait until nothing moves or fades: axe measures colours as they are at the moment."""
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")


# axe


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(page: Page, address: str) -> None:
    page.goto(address)
    found = {"phone": violations(page)}
    for name, opener in (("menu", ".menu-open"), ("contents", ".contents-open"), ("search", ".search-open")):
        if address not in KINDS or not page.locator(opener).filter(visible=True).count():
            continue  # what opens is the same thing on every page, and an exercise on a phone has its bar
        page.locator(opener).click()
        found[name] = violations(page)
        page.keyboard.press("Escape")
    page.set_viewport_size(DESK)
    found["desk"] = violations(page)
    if address in KINDS:
        page.locator(".search-open").click()
        found["search at the desk"] = violations(page)
    assert {name: said for name, said in found.items() if said} == {}


def test_axe_would_find_something(page: Page) -> None:
    page.goto("/")
    wrong = """<img src=/favicon.ico><div><button>.</button><button>.</button></div>
        <p id=pale>Ink</p><p>Much ink <a href=/ id=plain>and more</a> ink.</p>"""
    style = """#pale { color: light-dark(#000, #223) } #plain { color: inherit; text-decoration: none }"""
    page.evaluate("(wrong) => document.querySelector('article').insertAdjacentHTML('beforeend', wrong)", wrong)
    page.evaluate(
        """(style) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(style);
            document.adoptedStyleSheets = [sheet];
        }""",
        style,
    )
    found = {said.split(":")[0] for said in violations(page)}
    assert found >= {"image-alt, light", "target-size, light", "color-contrast, dark"}
    assert "color-contrast, light" not in found


# The keyboard

FOCUS = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const inside = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
    const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1);
    const rects = [...one.getClientRects()];
    const seen = rects.some((r) => {
        const hit = document.elementFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2);
        return hit && (one.contains(hit) || hit.contains(one));
    });
    const ring = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none";
    const number = [...document.querySelectorAll("*")].indexOf(one);
    return { what: one.outerHTML.slice(0, 120), body: one === document.body, shown: inside && seen, ring, number };
}"""
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]"))
    .map((one) => [...document.querySelectorAll("*")].indexOf(one))"""


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("address", KINDS)
def test_tab_goes_everywhere(page: Page, address: str, width: int) -> None:
    """In the order of the page, to everything and nothing else, always seen and with a ring. Nothing holds it back."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address)
    wanted = page.evaluate(FOCUSABLE)
    assert len(wanted) > 5
    been = []
    for _ in range(len(wanted)):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUS)
        assert now["shown"], f"{now['what']} has the focus and is not seen"
        assert now["ring"], f"{now['what']} has the focus without a ring"
        been.append(now["number"])
    assert been == wanted


@pytest.mark.parametrize("width", [320, 360, 720, 1219])
@pytest.mark.parametrize("panel", ["menu", "contents"])
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_panel_from_the_keyboard(page: Page, panel: str, width: int, key: str) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/hip-pain/")
    name = SAY["menu"] if panel == "menu" else SAY["on_this_page"]
    opener, shown = page.get_by_role("button", name=name), page.locator(f"#{panel}")
    expect(shown).to_be_hidden()  # so it is not in the way of Tab either
    expect(page.get_by_role("navigation", name=name)).to_have_count(0)
    opener.focus()
    page.keyboard.press(key)
    expect(page.get_by_role("navigation", name=name)).to_be_visible()
    expect(shown.get_by_role("button", name=SAY["close"])).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["shown"]
    expect(shown.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press(key)
    page.keyboard.press("Enter")  # the close button has the focus
    expect(shown).to_be_hidden()
    expect(opener).to_be_focused()
    # It closes behind whoever tabs on, and never covers what has the focus.
    page.keyboard.press(key)
    for _ in range(shown.locator("a, button").count()):
        page.keyboard.press("Tab")
    expect(shown).to_be_hidden()
    assert page.evaluate(FOCUS)["shown"]


def test_a_heading_chosen_closes_the_panel(page: Page) -> None:
    page.goto("/hip-pain/")
    page.locator(".contents-open").click()
    page.locator("#contents").get_by_role("link", name=SAY["self_care"]).click()
    expect(page.locator("#contents")).to_be_hidden()
    expect(page).to_have_url(re.compile("#self-care$"))
    assert abs(page.locator("#self-care").bounding_box()["y"]) < 200  # type: ignore[index]


def test_the_panels_stand_open_at_a_desk(page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(CLAMSHELL)
    for panel, opener in (("menu", ".menu-open"), ("contents", ".contents-open")):
        expect(page.locator(f"#{panel}")).to_be_visible()
        expect(page.locator(opener)).to_be_hidden()
        assert not page.locator(f"#{panel} .panel-close").is_visible()


@pytest.mark.parametrize("address", KINDS)
def test_the_skip_link(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=SAY["skip"])
    expect(skip).to_be_focused()
    assert page.evaluate(FOCUS)["shown"]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_colors_from_the_keyboard(page: Page) -> None:
    page.goto("/")
    button = page.get_by_role("button", name=SAY["dark_colors"])
    dark = "getComputedStyle(document.documentElement).colorScheme"
    assert page.evaluate(dark) == "light"
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto("/about/")
    assert page.evaluate(dark) == "dark"  # remembered
    page.emulate_media(color_scheme="dark")
    page.keyboard.press("Tab")
    button.press("Enter")
    assert page.evaluate(dark) == "light"
    page.emulate_media(color_scheme="light")
    button.press("Enter")
    button.press("Enter")  # back to what the device does: nothing is kept any more
    assert page.evaluate("localStorage.length") == 0
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(dark) == "dark"


def test_no_letter_is_a_shortcut(page: Page) -> None:
    """Speech input types letters (WCAG 2.1.4)."""
    page.goto(CLAMSHELL)
    for key in "abcdefghijklmnopqrstuvwxyz/?.,":
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile(f"{CLAMSHELL}$"))
    assert page.evaluate("document.activeElement === document.body")
    assert page.locator("dialog[open], :popover-open").count() == 0


# Names and order


@pytest.mark.parametrize("address", PAGES)
def test_names_and_order(page: Page, address: str) -> None:
    page.goto(address)
    for role in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]
    snapshot = page.locator("body").aria_snapshot()
    landmarks = re.findall(
        r"^\s*- (navigation|region|complementary|form|search|dialog)\b(.*?):?$", snapshot, re.MULTILINE
    )
    assert all(name.strip().startswith('"') for _, name in landmarks), landmarks
    assert len(landmarks) == len({*landmarks})
    levels = [
        int(level) for level in page.locator("h1, h2, h3, h4").evaluate_all("all => all.map((h) => h.tagName[1])")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    # Only beside a name that says it, and in the strip, whose pictures stand above with their words.
    said = ".strip *, .picks li:has(strong) *, :is(.ways, .thumbs, .moves) li:has(a) *"
    assert page.locator(f"img:not([alt]), img[alt='']:not({said})").count() == 0
    assert page.locator("html").get_attribute("lang") == LANGUAGE


# Zoom, spacing, motion

SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
    if (!one.checkVisibility() || !one.innerText || one.closest("svg, .skip")) return false;
    const style = getComputedStyle(one);
    const clips = [style.overflowX, style.overflowY].some((value) => value !== "visible" && value !== "auto");
    const hidden = style.clipPath !== "none";
    return clips && !hidden && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""
SIDEWAYS = """() => [...document.querySelectorAll("body, body *")].filter((one) =>
    one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
    && ["auto", "scroll"].includes(getComputedStyle(one).overflowX)).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("address", PAGES)
def test_reflow_and_text_spacing(page: Page, address: str) -> None:
    """At 320 px nothing has to be scrolled sideways, also not when a reader spaces the letters out."""
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(address)
    for spaced in (False, True):
        if spaced:
            page.evaluate(SPACING)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, f"spaced: {spaced}"
        assert page.evaluate(SIDEWAYS) == []
        assert page.evaluate(CUT) == []
    page.locator(".menu-open").click()
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("address", KINDS)
def test_large_letters(page: Page, address: str) -> None:
    """Letters of twice the size, as set in the browser, and still no sideways scrolling at 720 px."""
    page.set_viewport_size({"width": 720, "height": 740})
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    assert page.evaluate(CUT) == []


def test_nothing_moves_by_itself(browser: Browser, built: Path) -> None:
    """A movement is folded up until it is asked for, can be folded up again, and stands still under reduced motion."""
    with served(built / "site") as home:
        for motion, ending in (("no-preference", ".webp"), ("reduce", ".jpg")):
            with browser.new_context(base_url=home, reduced_motion=motion) as context:  # type: ignore[arg-type]
                page = context.new_page()
                page.goto("/exercises/teapot-tip/")
                picture = page.locator("details.motion > :not(summary) img")
                expect(picture).to_be_hidden()
                expect(page.get_by_text(SAY["motion"])).to_be_visible()
                page.locator("details.motion > summary").focus()
                page.keyboard.press("Enter")
                expect(picture).to_be_visible()
                expect(page.locator(".motion .pause")).to_have_text(SAY["motion_stop"])
                picture.evaluate("one => one.decode()")
                assert picture.evaluate("one => one.currentSrc").endswith(ending)
                page.keyboard.press("Enter")
                expect(picture).to_be_hidden()


@pytest.mark.parametrize("address", KINDS)
def test_reduced_motion(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".menu-open").click()
    assert page.evaluate("document.getAnimations().filter((one) => one.effect.getTiming().duration > 1).length") == 0


# Bare HTML


@pytest.mark.parametrize("address", PAGES)
def test_without_style_sheets(page: Page, address: str) -> None:
    """The words alone tell what colour, place and marks tell besides."""

    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/*.css", refuse)
    page.goto(address)
    assert page.evaluate("document.styleSheets.length") == 0 or page.evaluate(
        "[...document.styleSheets].every((one) => { try { return !one.cssRules.length } catch { return true } })"
    )
    # The button of a movement holds a picture, which is as large as others.
    for control in page.locator("button, select, input, summary:not(:has(img))").all():
        if control.is_visible():
            box = control.bounding_box()
            assert box
            assert box["width"] < 500
            assert box["height"] < 80, control.evaluate("one => one.outerHTML")
    for icon in page.locator("svg:visible").all():
        assert icon.bounding_box()["width"] <= 32  # type: ignore[index]
    assert page.locator("ol.steps > li").evaluate_all(
        "all => all.every((one) => getComputedStyle(one).display === 'list-item')"
    )
    for selector, label in (("p.wrong", SAY["mistake"]), ("p.right", SAY["fix"])):
        assert all(text.startswith(label) for text in page.locator(selector).all_inner_texts())
    order = page.locator("main, footer, header").evaluate_all("all => all.map((one) => one.tagName)")
    assert order == ["HEADER", "MAIN", "FOOTER"]


def test_without_scripts_the_menu_opens(browser: Browser, home: str) -> None:
    with browser.new_context(base_url=home, viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/hip-pain/")
        expect(page.locator("#menu")).to_be_hidden()
        for useless in (".search-open", ".colors", ".print-page", ".filters"):
            assert not page.locator(useless).filter(visible=True).count()
        page.get_by_role("button", name=SAY["menu"]).press("Enter")
        expect(page.locator("#menu")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#menu")).to_be_hidden()
        expect(page.get_by_role("button", name=SAY["menu"])).to_be_focused()
        page.get_by_role("button", name=SAY["menu"]).press("Enter")
        page.locator("#menu").get_by_role("link", name="Knee pain", exact=True).click()
        expect(page.locator("h1")).to_have_text("Knee pain")


def test_without_scripts_it_is_dark_where_the_device_is(browser: Browser, home: str) -> None:
    with browser.new_context(base_url=home, color_scheme="dark", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.screenshot()
        shade = page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
        assert shade == "rgb(18, 27, 34)"
