"""The page of programmes in a real browser: a therapist's way and a patient's, and what must never come of either."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from gzip import compress
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import programmes
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from browser import CONTROLLED, served, until
from hipknee.content import catalogue
from hipknee.programme import doses
from hipknee.programme.code import FIRST_DAY, as_read
from hipknee.programme.reading import read
from hipknee.programme.repertoire import Repertoire
from hipknee.publish import folder_copy
from hipknee.wording import Say
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from programmes import sealed
from projects import LANGUAGE, ROOT, words
from punching import QR
from pypdfium2 import PdfDocument

SAY = Say(words(LANGUAGE))
SITE = Repertoire.of(catalogue.load(ROOT))
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
ADDRESS = "/programme/"
CODE = sealed("1-0A9-CLA2X8.10H2D3EL-LBW2X10D3B1N17-BRI1X30SR60")
MOST_TAPS = 12
MOST_BYTES = 14_000
MANY_KEPT = """async () => {
    const [name] = await caches.keys();
    return name ? (await (await caches.open(name)).keys()).length > 60 : false;
}"""
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def at(real: Path) -> Iterator[str]:
    with served(real / "site") as address:
        yield address


@pytest.fixture
def context(browser: Browser, at: str) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=at, viewport=DESK, reduced_motion="reduce", accept_downloads=True) as context:
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda said: failures.append(said.text) if said.type == "error" else None)
    yield page
    assert [text for text in failures if "net::ERR_FAILED" not in text] == []  # what a test has aborted itself


def shows(page: Page, code: str) -> None:
    page.goto(f"{ADDRESS}#{code}")
    expect(page.locator(".handed > li").first).to_be_visible()


def fields(page: Page, row: int, name: str) -> str:
    return page.locator(f".rows > li >> nth={row} >> [name={name}]").input_value()


def ready(page: Page, number: int = 0) -> None:
    page.goto(ADDRESS)
    page.locator("[data-do=use]").nth(number).click()
    expect(page.locator(".handed > li").first).to_be_visible()


def code_of(page: Page) -> str:
    return str(page.evaluate("location.hash.slice(1)"))


# The two ways, from end to end


def test_a_therapists_way_and_a_patients(browser: Browser, real: Path, tmp_path: Path) -> None:
    with served(real / "site") as home:
        with browser.new_context(base_url=home, viewport=DESK, device_scale_factor=2) as desk:
            page = desk.new_page()
            asked: list[str] = []
            desk.on("request", lambda request: asked.append(request.url))
            page.goto(ADDRESS)
            taps = 0

            def tap(selector: str) -> None:
                nonlocal taps
                taps += 1
                page.locator(selector).first.click()

            before = page.evaluate("history.length")
            tap("[data-do=use]")
            tap(".rows > li:nth-child(1) [name=sets] >> xpath=../.. >> .more")
            tap(".rows > li:nth-child(2) [name=days] >> xpath=../.. >> .less")
            page.evaluate("window.print = () => { window.asked = true; }")
            tap("[data-do=print]")
            assert page.evaluate("window.asked")
            assert taps <= MOST_TAPS
            assert page.evaluate("history.length") == before, "the builder adds nothing to the history"
            code = code_of(page)
            assert [(item.sets, item.days) for item in read(code, SITE).items][:2] == [(3, 3), (2, 2)]
            page.locator(".qr svg").scroll_into_view_if_needed()
            picture = tmp_path / "screen.png"
            page.screenshot(path=str(picture))
            [scanned] = [found.text for found in zxingcpp.read_barcodes(Image.open(picture), formats=QR)]
            assert scanned == f"{home}{ADDRESS}#{code}"
        with browser.new_context(viewport=PHONE) as phone:
            phone.on("request", lambda request: asked.append(request.url))
            page = phone.new_page()
            page.goto(scanned)
            expect(page.locator(".handed > li")).to_have_count(3)
            expect(page.locator("h1")).to_have_text(SAY("programme_heading", day=read(code, SITE).day))
            assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
            until(page, CONTROLLED)
            until(page, MANY_KEPT)
            page.close()
            phone.set_offline(True)
            page = phone.new_page()
            page.goto(scanned)
            expect(page.locator(".handed > li")).to_have_count(3)
            assert (
                page.locator(".handed img").first.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
            )
            # At the next visit it is changed: a new day, a new code, and the old one stays valid.
            page.locator("[data-do=change]").click()
            page.locator(".rows > li:nth-child(1) .remove").click()
            expect(page.locator(".handed > li")).to_have_count(2)
            assert code_of(page) != code
            read(code_of(page), SITE)
        hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
        assert hosts == {urlsplit(home).netloc}
        assert [url for url in asked if "CLA" in url.partition("#")[0] and not url.endswith(".js")] == []
        assert [url for url in asked if code in url.partition("#")[0]] == []


def test_what_is_shown_is_what_was_ordered(page: Page) -> None:
    shows(page, CODE)
    programme = read(CODE, SITE)
    worded = doses.programme(programme, SITE, SAY)
    assert page.locator("h1").inner_text() == worded.heading
    assert page.locator(".handed h2").all_inner_texts() == [item.title for item in worded.items]
    assert page.locator(".handed .amount").all_inner_texts() == [" ".join(item.sentences) for item in worded.items]
    order = page.evaluate(
        "[...document.querySelectorAll('.sheet .flag, .handed, .sheet .cautions, .sheet .stop')].map(e => e.className)"
    )
    assert [name.split()[0] for name in order] == ["flag", "handed", "cautions", "stop"], "warning signs come first"
    steps = page.locator(".handed > li").first.locator(".steps li").all_inner_texts()
    assert not any("other leg" in step for step in steps), "one side does not change over"


def test_the_record_says_the_same(page: Page, context: BrowserContext) -> None:
    ready(page)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-do=record]").click()
    expect(page.locator(".status")).to_have_text(SAY("builder_copied"))
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    code = code_of(page)
    text = doses.programme(read(code, SITE), SITE, SAY).text()
    assert copied.startswith(text + "\n")
    link, last = copied.removeprefix(text + "\n").split("\n")
    assert link.endswith(f"{ADDRESS}#{code}")
    groups = " ".join(code[n : n + 4] for n in range(0, len(code), 4))
    version = page.locator(".version").text_content() or ""
    assert re.fullmatch("[0-9a-f]{8}", version)
    assert last == SAY("builder_record", code=groups, version=version)


# Codes


WRONG = {
    "": None,
    "X": "builder_version",
    "2-000-CLA3X8-00": "builder_version",
    "1-000-CLA3X8-00": "builder_wrong",
    "1-000-CLA3X8!": "builder_wrong",
    "%": "builder_wrong",
    "1" * 500: "builder_wrong",
    sealed("1-000-QQQ1X1"): "builder_unknown",
    sealed("1-000-CLA1X1N99"): "builder_unknown",
}


def test_a_wrong_code_says_what_to_do(page: Page) -> None:
    for text, name in WRONG.items():
        page.goto("about:blank")
        page.goto(f"{ADDRESS}#{text}")
        refused = page.locator(".refused p").first
        if name is None:
            expect(refused).to_be_hidden()
        else:
            expect(refused).to_have_text(SAY(name))
            expect(page.locator(".code-form")).to_be_visible()
            expect(page.locator(".sheet")).to_be_hidden()


TYPED = {
    "as it is": str,
    "small": str.lower,
    "with blanks": lambda code: f" {code[:5]}\n {code[5:]} ",
    "with another dash": lambda code: code.replace("-", "\u2013"),
}


@pytest.mark.parametrize("how", TYPED)
def test_a_typed_code_is_read(page: Page, how: str) -> None:
    page.goto(ADDRESS)
    page.locator(".code-form input").fill(TYPED[how](CODE))
    page.locator(".code-form button").click()
    expect(page.locator(".handed > li")).to_have_count(3)
    page.reload()
    expect(page.locator(".handed > li")).to_have_count(3)


def test_beyond_a_ceiling_there_is_no_number(page: Page) -> None:
    shows(page, sealed("1-000-CLA99X8-BRI2X8"))
    assert page.locator(".handed .amount").all_inner_texts() == [SAY("builder_ask"), "2 sets of 8 reps."]


def test_a_change_takes_the_usual_dose_for_what_is_beyond(page: Page) -> None:
    """And says so: the greatest that may be asked for is nobody's order."""
    shows(page, sealed("1-000-CLA99X60H2ELB1-BRI2X8EL"))
    page.locator("[data-do=change]").click()
    expect(page.locator(".status")).to_have_text(SAY("builder_usual"))
    clam, bridge = read(code_of(page), SITE).items
    dose = catalogue.load(ROOT).exercises["clamshell"].value
    assert dose
    assert (clam.sets, clam.reps, clam.side, clam.band) == (dose.dose.sets[0], dose.dose.reps, None, None)
    assert bridge.side is None


def test_words_that_changed_since_say_so(page: Page) -> None:
    shows(page, sealed("1-000-CLA2X8"))
    updated = catalogue.load(ROOT).exercises["clamshell"].value
    assert updated
    expect(page.locator(".changed")).to_have_text(SAY("programme_changed", day=updated.updated))
    assert updated.updated > FIRST_DAY


def test_hostile_codes_show_no_markup(page: Page) -> None:
    lot = random.Random(5)
    texts = ["<img src=x onerror=alert(1)>", "1-000-<b>-00", "ADD-<b>", "__proto__", "javascript:alert(1)"]
    texts += [programmes.damaged(lot, [CODE]) for _ in range(400)]
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(ADDRESS)
    before = page.evaluate("document.querySelectorAll('.refused *').length")
    try_them = """texts => { for (const text of texts) {
        location.hash = '#' + encodeURIComponent(text).slice(0, 2000); dispatchEvent(new Event('hashchange'));
        if (document.querySelectorAll('.refused *').length !== %d) return text;
    } return ''; }"""
    assert page.evaluate(try_them % before, texts) == ""


STORED = ["not json", "null", "{}", "[1, null, {}]", '["<img src=x>"]', '["1-000-CLA3X8-00"]', json.dumps([CODE] * 99)]


def test_foreign_storage_is_passed_over(page: Page) -> None:
    page.goto(ADDRESS)
    for text in STORED:
        page.evaluate(
            "text => { localStorage['hipknee.programmes'] = sessionStorage['hipknee.programme'] = text; }", text
        )
        page.goto("about:blank")
        page.goto(ADDRESS)
        expect(page.locator(".picks li").first).to_be_visible()
        assert page.locator(".kept a").count() == (10 if CODE in text else 0)


def test_without_storage_nothing_is_lost(context: BrowserContext, page: Page) -> None:
    for name in ("getItem", "setItem", "removeItem"):
        context.add_init_script(
            f"Storage.prototype.{name} = () => {{ throw new DOMException('full', 'QuotaExceededError'); }};"
        )
    ready(page)
    page.locator("[data-do=keep]").click()
    expect(page.locator(".status")).to_have_text(SAY("builder_unkept"))
    assert read(code_of(page), SITE)


def test_what_is_kept_was_asked_for_and_can_be_erased(page: Page) -> None:
    ready(page)
    assert page.evaluate("localStorage.length") == 0
    page.locator("[data-do=keep]").click()
    expect(page.locator(".kept a")).to_have_count(1)
    page.locator("[data-do=erase]").click()
    expect(page.locator(".kept")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


# The builder


def test_one_is_built_from_nothing(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator(".programme [type=search]").fill("bridge")
    page.locator(".picks button").first.click()
    page.locator(".programme [type=search]").fill("")
    page.locator(".picks li", has_text="Lateral band walk").get_by_role("button").click()
    page.locator(".rows > li:nth-child(2) [name=band]").select_option("0")
    page.locator(".rows > li:nth-child(2) summary").click()
    page.locator(".rows > li:nth-child(2) .notes input").first.check()
    page.locator(".rows > li:nth-child(1) [name=low]").fill("12")
    page.locator(".rows > li:nth-child(1) [name=sets]").fill("99")
    page.locator(".rows > li:nth-child(1) [name=days]").fill("")
    page.keyboard.press("Tab")
    page.locator(".rows > li:nth-child(2) .up").click()
    walk, bridge = read(code_of(page), SITE).items
    assert (walk.code, walk.band, walk.notes) == ("LBW", 0, ("01",))
    assert (bridge.sets, bridge.days) == (10, None), "steppers stop at the ceiling, and what is not said is not there"
    assert page.evaluate("document.activeElement.className") == "down", "the focus stays with the row"


def test_all_get_the_same(page: Page) -> None:
    ready(page, 1)
    page.locator(".same [name=sets]").fill("4")
    page.locator(".same [name=days]").fill("5")
    page.locator("[data-do=all]").click()
    assert {(item.sets, item.days) for item in read(code_of(page), SITE).items} == {(4, 5)}


def test_each_side_can_have_its_own_dose(page: Page) -> None:
    ready(page)
    page.locator(".rows .apart").first.click()
    expect(page.locator(".rows > li")).to_have_count(4)
    page.locator(".rows > li:nth-child(2) .more").first.click()
    left, right = read(code_of(page), SITE).items[:2]
    assert ((left.code, left.side), (right.code, right.side)) == (("CLA", "L"), ("CLA", "R"))
    assert (left.sets, right.sets) == (2, 3)
    assert page.locator(".rows > li:nth-child(1) .apart").is_hidden()
    assert page.locator(".rows > li:nth-child(3) .apart").is_hidden(), "the bridge has no sides"


def test_what_was_taken_away_comes_back(page: Page) -> None:
    ready(page)
    code = code_of(page)
    page.locator(".rows .remove").first.click()
    assert code_of(page) != code
    page.locator(".undo").click()
    assert code_of(page) == code


def test_more_than_fits_is_said(page: Page) -> None:
    page.goto(ADDRESS)
    for _ in range(8):
        page.get_by_role("button", name=re.compile("^Add ")).first.click()
    expect(page.locator(".rows > li")).to_have_count(8)
    expect(page.locator(".much")).to_be_visible()
    assert page.get_by_role("button", name=re.compile("^Add ")).first.is_disabled()


def test_what_can_not_be_a_code_is_said(page: Page) -> None:
    """Both sides of an exercise, and then each."""
    page.goto(ADDRESS)
    page.evaluate("text => sessionStorage.setItem('hipknee.programme', text)", sealed("1-000-CLA2X8EL-CLA2X10ER"))
    page.reload()
    expect(page.locator(".rows > li")).to_have_count(2)
    page.locator(".rows [name=side]").first.select_option("")
    expect(page.locator(".status")).to_have_text(SAY("builder_long"))
    expect(page.locator(".hand-over")).to_be_hidden()
    page.locator(".rows [name=side]").first.select_option("L")
    expect(page.locator(".hand-over")).to_be_visible()


def test_a_draft_is_there_until_the_tab_is_closed(page: Page, context: BrowserContext) -> None:
    ready(page)
    code = code_of(page)
    page.goto("/knee-pain/")
    page.goto(f"{ADDRESS}#ADD-SLR")
    expect(page.locator(".rows > li")).to_have_count(4)
    assert [item.code for item in read(code_of(page), SITE).items][:3] == [item.code for item in read(code, SITE).items]
    other = context.new_page()
    other.goto(ADDRESS)
    expect(other.locator(".rows > li")).to_have_count(0)


def test_a_keyboard_is_enough(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator("[data-do=use]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#doses")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.rows .remove')"):
            break
    page.keyboard.press("Space")
    expect(page.locator(".rows > li")).to_have_count(2)
    assert page.evaluate("document.activeElement.matches('.rows .remove')")
    expect(page.locator(".status")).to_have_text(re.compile("^2 exercises"))


def test_fields_take_what_can_be_read(page: Page) -> None:
    """All else leaves the figure as it was; what is empty is not said."""
    ready(page)
    row = page.locator(".rows > li").first
    for name, typed, read_as in (
        ("sets", "-3", "2"), ("sets", "1e3", "2"), ("sets", "2.5", "2"), ("sets", "", "2"), ("sets", "99999", "10"),
        ("low", "0", "8"), ("low", "007", "7"), ("days", "-1", "3"), ("days", "", ""), ("high", "12", "12"),
    ):  # fmt: skip
        row.locator(f"[name={name}]").fill(typed)
        page.keyboard.press("Tab")
        assert row.locator(f"[name={name}]").input_value() == read_as, (name, typed)
    for name in ("sets", "low", "days"):
        page.locator(f".same [name={name}]").fill("-5")
    before = code_of(page)
    page.locator("[data-do=all]").click()
    assert code_of(page) == before


def test_a_unit_stays_as_it_was_chosen(page: Page) -> None:
    ready(page)
    row = page.locator(".rows > li").first
    row.locator("[name=unit]").select_option("S")
    for seconds in (59, 60, 90):
        row.locator("[name=low]").fill(str(seconds))
        page.keyboard.press("Tab")
        assert read(code_of(page), SITE).items[0].time == seconds
    page.locator(".same [name=low]").fill("5")
    page.locator("[data-do=all]").click()
    assert read(code_of(page), SITE).items[0].time == 90, "what is timed stays so"


# Two patients in one tab


def test_what_is_half_typed_stays_with_its_programme(page: Page) -> None:
    ready(page)
    page.locator(".rows [name=sets]").first.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("9")
    page.evaluate("code => { location.hash = code; }", CODE)
    expect(page.locator(".handed > li")).to_have_count(3)
    assert code_of(page) == CODE
    page.locator("[data-do=change]").click()
    expect(page.locator(".undo")).to_be_hidden()
    assert read(code_of(page), SITE).items == read(CODE, SITE).items


def test_a_sheet_is_never_that_of_another(page: Page) -> None:
    ready(page)
    old = page.locator(".typed-code").inner_text()
    page.route("**/programme/SLR*", lambda route: route.abort())
    page.locator(".picks li", has_text="Side-lying leg raise").get_by_role("button").click()
    expect(page.locator(".again")).to_be_visible()
    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator("[data-do=print]")).to_be_disabled()
    page.unroute("**/programme/SLR*")
    page.locator("[data-do=again]").click()
    expect(page.locator(".handed > li")).to_have_count(4)
    assert page.locator(".typed-code").inner_text() != old


def test_nothing_is_handed_over_before_something_is_picked(page: Page) -> None:
    page.goto(ADDRESS)
    expect(page.locator(".picks li").first).to_be_visible()
    expect(page.locator(".deeds")).to_be_hidden()


def test_places_in_the_page_leave_the_code_in_the_address(page: Page) -> None:
    shows(page, CODE)
    page.locator(".pain-line a").click()
    assert page.evaluate("document.activeElement.id") == "pain-rule"
    page.locator(".deeds a").click()
    expect(page.locator(".remind form")).to_be_visible()
    page.reload()
    expect(page.locator(".handed > li")).to_have_count(3)
    page.goto("about:blank")
    page.goto(f"{ADDRESS}#pain-rule")  # from elsewhere
    expect(page.locator(".picks li").first).to_be_visible()


def test_a_pasted_link_is_a_code(page: Page, at: str) -> None:
    page.goto(ADDRESS)
    page.locator(".code-form input").fill(f"{at}{ADDRESS}#{CODE}")
    page.locator(".code-form button").click()
    expect(page.locator(".handed > li")).to_have_count(3)
    assert code_of(page) == CODE
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_back_from_a_wrong_code_to_the_draft(page: Page) -> None:
    ready(page)
    page.locator(".code-form input").fill("1-X")
    page.locator(".code-form button").click()
    page.locator("[data-do=back]").click()
    expect(page.locator(".rows > li")).to_have_count(3)


# Paper, calendar, offline


def test_the_browsers_own_print(page: Page, tmp_path: Path) -> None:
    shows(page, sealed("1-0A9-BRI2X8D3-BHA2X10D3B1-BHE2X10D3-LBW2X8D3-SKE2X10D3"))
    page.emulate_media(color_scheme="dark")
    for paper in ("Letter", "A4"):
        document = PdfDocument(page.pdf(format=paper))
        texts = [each.get_textpage().get_text_range() for each in document]
        assert len(texts) <= 6
        for number, name in enumerate(("Bridge", "Band hip abduction", "Band hip extension", "Lateral band walk"), 1):
            [begins] = [text for text in texts if f"{number}. {name}" in text]
            last = "you began" if "walk" in name else "other leg" if number > 1 else "then your hips"
            assert last in begins.replace("\r\n", " ").partition(f"{number}. {name}")[2], f"{name} is split"
        images = [each.render(scale=150 / 72, grayscale=True).to_pil() for each in document]
        assert [found.text for image in images for found in zxingcpp.read_barcodes(image, formats=QR)] == [page.url]
        assert all(image.getpixel((5, 5)) == 255 for image in images), "black on white"


def test_a_reminder_says_nothing_of_health(page: Page, tmp_path: Path) -> None:
    shows(page, CODE)
    page.locator(".remind summary").click()
    page.locator(".remind [type=submit]").click()
    expect(page.locator(".status")).to_have_text(SAY("builder_no_days"))
    page.get_by_label("Mon").check()
    page.get_by_label("Thu").check()
    with page.expect_download() as download:
        page.locator(".remind [type=submit]").click()
    text = Path(download.value.path()).read_bytes().decode()
    assert text.count("\r\n") == text.count("\n")
    assert "RRULE:FREQ=WEEKLY;COUNT=8;BYDAY=MO,TH" in text
    assert not re.search(r"knee|hip|exercis|pain|CLA|clinic", text, re.IGNORECASE)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")


def test_it_works_from_a_folder(browser: Browser, real: Path, tmp_path: Path) -> None:
    folder_copy.pack(real / "site", "site", tmp_path / "site.zip")
    ZipFile(tmp_path / "site.zip").extractall(tmp_path)
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{(tmp_path / 'site/programme/index.html').as_uri()}#{CODE}")
        expect(page.locator(".handed > li")).to_have_count(3)
        expect(page.locator(".qr")).to_be_hidden()  # nobody knows where it stands on the web
        page.locator("[data-do=change]").click()
        expect(page.locator("[data-do=keep]")).to_be_hidden()  # other files of the device could read it
        page.locator(".handed h2 a").first.click()
        expect(page.locator("h1")).to_have_text("Clamshell")


def test_without_scripts_it_leads_to_what_is_ready(browser: Browser, at: str) -> None:
    with browser.new_context(base_url=at, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(ADDRESS)
        assert page.locator(".ready-made li a:visible").count() >= 4
        assert page.locator("button[data-do]:visible").count() == 0
        expect(page.get_by_text(SAY("builder_no_script"))).to_be_visible()


# Weight, and what axe finds


def test_what_only_this_page_loads(real: Path) -> None:
    html = (real / "site" / "programme" / "index.html").read_text("utf-8")
    own = re.findall(r'src="[^"]*?/(assets/javascripts/[^"]+)"', html)
    other = (real / "site" / "knee-pain" / "index.html").read_text("utf-8")
    only = [name for name in own if name not in other and "programme-data" not in name]
    assert len(only) == 3
    assert sum(len(compress((real / "site" / name).read_bytes(), 9)) for name in only) <= MOST_BYTES
    assert "programme" not in " ".join(re.findall(r'src="[^"]*"', other))


@pytest.mark.parametrize("state", ["empty", "built", "shown", "refused"])
def test_axe_finds_nothing_in_any_state(page: Page, state: str) -> None:
    if state == "built":
        ready(page)
        page.locator(".rows summary").first.click()
    else:
        page.goto(ADDRESS + {"empty": "", "shown": f"#{CODE}", "refused": "#1-X"}[state])
        page.wait_for_timeout(300)
    found = []
    for width in (PHONE, DESK):
        page.set_viewport_size(width)
        for colors in ("light", "dark"):
            page.emulate_media(color_scheme=colors)
            for rule in Axe().run(page, options=RULES).response["violations"]:
                found += [
                    f"{rule['id']} {colors}: {node['html'][:120]} {node['failureSummary']}" for node in rule["nodes"]
                ]
    assert found == []
    assert as_read(CODE) == CODE
