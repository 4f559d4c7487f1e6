"""The brief: every line leads to its evidence, in neutral words."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.tell.made import THEATRE, facts, told
from whoholds.model import Count, Distance, Kind, Stance
from whoholds.tell.brief import render_html, render_markdown
from whoholds.tell.briefing import make_brief
from whoholds.tell.facts import DisputeFact


def lines(text: str, heading: str) -> list[str]:
    """The lines below a heading of the Markdown."""
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [line for line in part.splitlines() if line.startswith("- ")]


def test_what_changed_says_on_whose_word() -> None:
    """A concession is named as one; a village that nobody named is said to follow."""
    conceded = told(Kind.LEAVE, side="RU", stance=Stance.ACKNOWLEDGED, outlet="Steppe Courier", identity="r2")
    text = render_markdown(make_brief(facts(told(), conceded)))
    changed = lines(text, "What changed, and on whose word")
    assert changed[0].startswith("- Izium: from Russia to Ukraine on 10 Sep (97%); acknowledged by")
    assert "Oskil Dispatch" in changed[0]
    assert "no report names" in changed[1]


def test_every_number_leads_to_its_claim() -> None:
    """In both forms, and each claim is quoted once with its words marked."""
    brief = make_brief(facts(told(), told(identity="r3", outlet="River Gazette")))
    text, page = render_markdown(brief), render_html(brief, THEATRE)
    cited = {int(n) for n in re.findall(r"\]\(#claim-(\d+)\)", text)}
    assert cited == {c.number for c in brief.evidence} == {int(n) for n in re.findall(r'id="claim-(\d+)"', page)}
    assert "Troops **took** **Izium** today" in text
    assert "Troops <mark>took</mark> <mark>Izium</mark> today" in page


def test_one_witness_is_said_to_be_one() -> None:
    """Until a second one comes."""
    heading = "What rests on one witness"
    assert "alone" in lines(render_markdown(make_brief(facts(told()))), heading)[0]
    two = render_markdown(make_brief(facts(told(), told(identity="r2", outlet="River Gazette"))))
    assert heading not in two


def test_counts_are_held_against_names() -> None:
    """The number claimed, the places named, those on the map, the remainder."""
    text = render_markdown(make_brief(facts(told(count=Count(min=40, unit="settlements"), identity="r9"), told())))
    line = lines(text, "Counts claimed against places named")[0]
    assert "at least 40 settlements" in line
    assert "Named by anybody so far: 1 (Izium)" in line
    assert "unnamed: 39" in line


def test_distances_are_checked() -> None:
    """Against what was newly held by that day, with the place and the day it fell."""
    text = render_markdown(make_brief(facts(told(Kind.ADVANCE, count=Distance(distance_km=50, to="the border")))))
    line = lines(text, "Distances claimed against the map")[0]
    assert "within 50 km of the border" in line
    assert "Village lies nearest, 45 km away" in line
    assert "fell under 50 km on 11 Sep" in line


def test_a_distance_to_no_border_is_not_checked() -> None:
    """A town, or a word that only stands in a border's name, is said to be left out."""
    town, word = (
        told(Kind.ADVANCE, count=Distance(distance_km=4, to=to), identity=i)
        for i, to in (("r1", "Lyman"), ("r2", "Russian"))
    )
    found = lines(render_markdown(make_brief(facts(town, word))), "Distances claimed against the map")
    assert found == ["- Not checked, for these are no borders of the theatre: Lyman and Russian."]


def test_one_speaker_in_two_outlets_is_one_voice() -> None:
    """The words that open a sentence lose their capital within one."""
    first = told()
    assert first.claim.speaker is not None
    loud = replace(first, claim=replace(first.claim, speaker=replace(first.claim.speaker, text="The Mayor")))
    other = replace(told(identity="r2", outlet="River Gazette"), claim=replace(loud.claim, id="c-2", report_id="r2"))
    changed = lines(render_markdown(make_brief(facts(loud, other))), "What changed, and on whose word")
    assert "said by the Mayor (River Gazette, Oskil Dispatch)." in changed[0]


def test_the_page_may_have_the_map_inside() -> None:
    """As a picture in the page, never as a link to another file."""
    brief = make_brief(facts(told()))
    assert "<img" not in render_html(brief, THEATRE)
    page = render_html(brief, THEATRE, picture=b"\x89PNG")
    assert '<img src="data:image/png;base64,iVBORw==" alt="Map of control' in page


def test_rumours_stay_open() -> None:
    """And move nothing."""
    text = render_markdown(make_brief(facts(told(Kind.ESCALATE, stance=Stance.RUMOURED, side="RU"))))
    assert "rumoured by" in lines(text, "Rumours and announcements still open")[0]
    assert "Izium: from RU" not in text


def test_disputes_name_both_camps() -> None:
    """One line a place, however often the two sides repeat it."""
    one, other = told(), told(Kind.HOLD, side="RU", outlet="Steppe Courier", identity="r2")
    fact = DisputeFact(place="Izium", account=False, one=(one.claim.id,), other=(other.claim.id,))
    text = render_markdown(make_brief(facts(one, other, disputes=(fact, fact))))
    found = lines(text, "Disputed")
    assert len(found) == 1
    assert "Ukraine took it" in found[0]
    assert "Russia holds it" in found[0]
    assert "1 more such opposition" in found[0]


def test_nothing_from_a_report_becomes_markup() -> None:
    """Titles and outlets are shown as they stand; a link that is no web address is no link."""
    bad = told(title="<script>x</script> [a](b) *c*", outlet="<b>Outlet</b>", url="javascript:alert(1)")
    brief = make_brief(facts(bad))
    page = render_html(brief, THEATRE)
    assert "<script>" not in page
    assert "<b>" not in page
    assert "javascript:" not in page
    assert r"\[a\](b) \*c\*" in render_markdown(brief)


def test_a_quiet_time_has_a_brief_too() -> None:
    """It says that nothing changed, and leaves empty parts out."""
    from dataclasses import replace

    quiet = facts()
    still = replace(quiet.series, status=quiet.series.status[:, :1].repeat(5, axis=1))
    text = render_markdown(make_brief(replace(quiet, series=still)))
    assert "No settlement changed hands" in text
    assert "## Disputed" not in text


def test_an_act_of_state_is_told_once_whatever_form_its_word_has() -> None:
    """Two outlets on one call-up are one line; an annexation is another."""
    claims = []
    for n, word in enumerate(("partial mobilization", "mobilized", "annexed")):
        one = told(Kind.ESCALATE, side="RU", identity=f"r{n}")
        claims.append(replace(one, claim=replace(one.claim, trigger=replace(one.claim.trigger, text=word))))
    found = lines(render_markdown(make_brief(facts(*claims))), "Rumours and announcements still open")
    assert len(found) == 2
