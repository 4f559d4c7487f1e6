"""The page in a real browser, from the real server and from disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.model]
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
SHOTS = ROOT / "build/screenshots"
IZYUM = 707292
VIEWS = (
    "changes", "digest", "brief", "front", "claims", "reports", "disputes", "rumours", "counts", "movements",
    "speakers", "echoes",
)  # fmt: skip


@pytest.fixture(params=["server", "disk"])
def start(request: pytest.FixtureRequest) -> str:
    """Where the page is opened from."""
    if request.param == "server":
        return str(request.getfixturevalue("address")) + "/"
    site: Path = request.getfixturevalue("site")
    return (site / "index.html").as_uri()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page; nothing may go wrong in it, and nothing may be asked of another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("http://127.0.0.1", "file:", "blob:", "data:")) else wrong.append(asked.url)
        ),
    )
    yield opened
    context.close()
    assert not wrong, wrong


def look(page: Any, address: str) -> None:
    """Open an address and wait until all is drawn."""
    page.goto(address)
    page.wait_for_selector("html[data-ready=map][data-lists=ready]", timeout=60_000)


def shoot(page: Any, name: str) -> None:
    """Keep a picture to be looked at before a release."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")


def linked(page: Any, part: str) -> None:
    """The address comes to hold a part: it is written when the view has been drawn."""
    page.wait_for_function("part => location.href.includes(part)", arg=part, timeout=10_000)


def test_a_newcomer_sees_what_changed_where_and_on_whose_word(page: Any, start: str) -> None:
    look(page, start)
    assert "came under Ukraine" in page.inner_text("#headline")
    row = page.locator(".rows li", has_text="Izyum").inner_text()
    assert "Ukraine" in row and ("Dispatch" in row or "Courier" in row or "Gazette" in row or "Post" in row)
    shoot(page, f"start-{'disk' if start.startswith('file') else 'server'}")


def test_the_slider_moves_the_day_and_the_news(page: Any, start: str) -> None:
    look(page, start)
    page.locator("#day").focus()
    page.keyboard.press("Home")
    linked(page, "day=2022-09-06")
    page.wait_for_function("document.querySelector('#headline').innerText.includes('nothing changed hands')")
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("ArrowRight")
    linked(page, "day=2022-09-07")


def test_a_place_says_why(page: Any, start: str) -> None:
    look(page, f"{start}#day=2022-09-13&place={IZYUM}")
    panel = page.locator("#place")
    assert "Held by Ukraine" in panel.inner_text()
    assert panel.locator(".claim mark.place", has_text="Izyum").count() > 0
    if not start.startswith("file"):
        page.wait_for_selector("#place .effect", timeout=20_000)
    shoot(page, f"place-{'disk' if start.startswith('file') else 'server'}")


def test_filters_live_in_the_address(page: Any, start: str) -> None:
    look(page, f"{start}#tab=claims")
    page.select_option("select[aria-label=kind]", "leave")
    linked(page, "kind=leave")
    shown = page.locator("#list .claim").count()
    page.reload()
    page.wait_for_selector("html[data-lists=ready]")
    page.wait_for_selector("#list .claim")
    assert page.locator("#list .claim").count() == shown > 0


def test_search_finds_another_script(page: Any, start: str) -> None:
    look(page, start)
    page.fill("#search", "Ізюм")
    page.locator("#found a", has_text="Izyum").click()
    linked(page, f"place={IZYUM}")


def test_every_list_opens(page: Any, start: str) -> None:
    look(page, start)
    for tab in (
        "digest",
        "brief",
        "front",
        "claims",
        "disputes",
        "counts",
        "rumours",
        "movements",
        "speakers",
        "echoes",
        "reports",
    ):
        page.locator(f"#tab-{tab}").click()
        page.wait_for_selector(f"#list[data-tab={tab}]", timeout=30_000)
        page.wait_for_selector("#list [role=status]", state="detached")
        assert len(page.inner_text("#list")) > 20, tab


def test_what_is_doubtful_is_one_click_away(page: Any, start: str) -> None:
    look(page, start)
    page.locator(".chip", has_text="unsure").click()
    linked(page, "doubt=unsure")
    rows = page.locator(".rows li").all_inner_texts()
    assert rows and all("unsure" in row for row in rows)


def test_a_place_takes_the_place_of_the_list_and_gives_it_back(page: Any, start: str) -> None:
    look(page, f"{start}#tab=claims")
    page.evaluate("document.querySelector('#panel').scrollTop = 300")
    page.evaluate(f"location.hash += '&place={IZYUM}'")
    page.wait_for_selector("#place h2")
    assert not page.locator("#list").is_visible()
    page.go_back()
    assert page.locator("#list .claim").first.is_visible() and page.inner_text("#place") == ""
    assert page.evaluate("document.querySelector('#panel').scrollTop") == 300


def test_arrows_move_between_tabs_and_leave_the_day_alone(page: Any, start: str) -> None:
    look(page, start)
    page.locator("#tab-changes").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#list[data-tab=digest]")
    linked(page, "day=2022-09-13")
    assert page.evaluate("document.activeElement.id") == "tab-digest"


def test_claims_name_their_places_and_no_key_is_shown(page: Any, start: str) -> None:
    look(page, f"{start}#tab=claims")
    says = page.locator("#list .says strong").all_inner_texts()
    assert any("Izyum" in words for words in says)
    options = page.locator("#list select option").all_inner_texts()
    assert not {"acknowledged", "visual", "escalate", "UA"} & set(options)
    page.locator("#tab-speakers").click()
    page.wait_for_selector("#list[data-tab=speakers] table")
    assert "/statement" not in page.inner_text("#list")


def test_a_server_that_is_gone_is_told(browser: Any, address: str) -> None:
    page = browser.new_page()
    look(page, f"{address}/")
    page.route("**/data/ledgers.json*", lambda route: route.fulfill(status=503, body="{}"))
    page.locator("#tab-speakers").click()
    page.wait_for_selector("#list [role=alert]")
    assert "could not be loaded" in page.inner_text("#list")
    page.close()


def test_words_are_found_in_another_script(page: Any, start: str) -> None:
    look(page, f"{start}#tab=claims&q=Ізюм")
    assert page.locator("#list .claim", has_text="Izyum").count() > 0


def test_what_a_report_holds_stays_text(page: Any, start: str) -> None:
    look(page, f"{start}#tab=claims&q=Savyntsi")
    page.locator(".claim", has_text="Outlet").locator("a", has_text="read the report").first.click()
    page.wait_for_selector("#reader[open] .text")
    assert "<script>" in page.inner_text("#reader .text")
    assert page.inner_text("#reader h2").startswith("<img")
    assert page.evaluate("window.hacked") is None
    page.locator("#reader mark").first.focus()
    assert "entered" in page.inner_text("#reader .said")
    page.keyboard.press("Escape")
    assert page.locator("#reader[open]").count() == 0


def test_the_second_clock_leaves_out_what_came_later(page: Any, address: str) -> None:
    look(page, f"{address}/#known=2022-09-09&day=2022-09-09")
    assert "as known on 9 September 2022" in page.inner_text("#headline")
    # The handle still reaches every day of the run.
    assert page.locator("#known").get_attribute("max") == "8"
    assert page.locator(".rows li", has_text="Izyum").count() == 0


def test_the_site_knows_each_day_as_it_was_known(page: Any, site: Path) -> None:
    look(page, f"{(site / 'index.html').as_uri()}#known=each")
    assert "each day as known that day" in page.inner_text("#headline")
    assert page.locator("#known").is_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_finding_of_axe(browser: Any, address: str, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("ACCESSIBILITY WAS NOT TESTED: axe-core is not installed; run `npm ci` in web/")
    # axe is put in from outside, which the page's own policy would rightly forbid.
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    look(page, f"{address}/")
    page.add_script_tag(path=str(AXE))
    bad = []
    for tab in VIEWS:
        page.locator(f"#tab-{tab}").click()
        page.wait_for_selector(f"#list[data-tab={tab}]")
        bad += [(tab, *finding) for finding in serious(page)]
    page.evaluate(f"location.hash += '&place={IZYUM}'")
    page.wait_for_selector("#place .claim")
    bad += [("place", *finding) for finding in serious(page)]
    page.locator("#place a", has_text="read the report").first.click()
    page.wait_for_selector("#reader[open] .text")
    bad += [("reader", *finding) for finding in serious(page)]
    context.close()
    assert not bad, bad


def test_the_desk_is_a_page_for_everybody(browser: Any, desk_address: str) -> None:
    """A server with a token takes verdicts: its queue and its form are under axe, too."""
    if not AXE.is_file():
        pytest.skip("ACCESSIBILITY WAS NOT TESTED: axe-core is not installed; run `npm ci` in web/")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    look(page, f"{desk_address}/#tab=desk")
    page.wait_for_selector("#list[data-tab=desk] form")
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("async () => (await axe.run()).violations")
    shoot(page, "desk")
    context.close()
    assert not [(v["id"], v["impact"]) for v in found]


def serious(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds that is serious or worse."""
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        (v["id"], [n["html"][:100] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")
    ]


def test_a_phone_shows_map_and_lists_without_sideways_scrolling(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    look(page, f"{address}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#map canvas").bounding_box()["height"] > 250
    shoot(page, "phone")
    context.close()


def test_the_page_is_light_and_quick(page: Any, address: str) -> None:
    look(page, f"{address}/")
    weight = page.evaluate(
        "performance.getEntriesByType('resource').filter(r => r.name.endsWith('app.js')).map(r => r.encodedBodySize)[0]"
    )
    assert 0 < weight < 600_000
    step_ms = page.evaluate("""() => {
        const slider = document.getElementById('day'); const start = performance.now();
        slider.value = '3'; slider.dispatchEvent(new Event('input')); return performance.now() - start; }""")
    assert step_ms < 100
