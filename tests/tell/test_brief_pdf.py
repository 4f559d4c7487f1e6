"""The brief as PDF, read back by a PDF reader."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdfium2
import pytest
from PIL import Image

from tests.tell.made import facts, told
from whoholds.model import Kind, Stance
from whoholds.tell.brief_pdf import render_pdf
from whoholds.tell.briefing import make_brief
from whoholds.tell.claims import ToldClaim

MADE = datetime(2022, 9, 14, 12, tzinfo=UTC)


def text_of(pdf: bytes) -> str:
    """Every word of a PDF, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def many() -> list[ToldClaim]:
    """Claims enough for several pages."""
    return [told(identity=f"r{n}", outlet=f"Outlet {n}", url="https://example.org/a") for n in range(60)]


def test_every_part_is_in_the_pdf() -> None:
    """With the sentence, whose it is, and the page's number."""
    words = text_of(render_pdf(make_brief(facts(told(), told(Kind.LEAVE, side="RU", identity="r2"))), made_at=MADE))
    assert "What changed, and on whose word" in words
    assert "Troops took Izium today" in words
    assert "Oskil Dispatch" in words
    assert "1 / " in words


def test_cyrillic_is_text_and_not_boxes() -> None:
    """It is found by a search; a title that looks like markup is shown as it stands."""
    one = told(title="<b>Ізюм</b> звільнено, Изюм освобождён", outlet="Голос **Слобожанщини**")
    words = text_of(render_pdf(make_brief(facts(one)), made_at=MADE))
    assert "<b>Ізюм</b> звільнено, Изюм освобождён" in words
    assert "Голос **Слобожанщини**" in words


def test_numbers_lead_to_claims_and_the_file_has_an_outline() -> None:
    """Every link that stays in the file has a page to go to; other links go to the web."""
    brief = make_brief(facts(*many(), told(Kind.ESCALATE, stance=Stance.RUMOURED, identity="x", url="javascript:1")))
    document = pypdfium2.PdfDocument(render_pdf(brief, made_at=MADE))
    headings = [mark.get_title() for mark in document.get_toc()]
    metadata = document.get_metadata_dict()
    n_pages = len(document)
    document.close()
    assert headings[0] == "What changed, and on whose word"
    assert headings[-1] == "The evidence"
    assert metadata["Title"] == brief.title
    assert metadata["CreationDate"].startswith("D:20220914120000")
    assert n_pages >= 1
    assert b"javascript" not in render_pdf(brief, made_at=MADE)


def test_the_map_is_set_as_wide_as_the_text() -> None:
    """On the first page."""
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "#cc4400").save(buffer, "PNG")
    document = pypdfium2.PdfDocument(render_pdf(make_brief(facts(told())), made_at=MADE, picture=buffer.getvalue()))
    page = document[0].render(scale=1).to_pil()
    document.close()
    colours = page.convert("RGB").getcolors(maxcolors=1_000_000)
    assert colours is not None
    share = {colour: n for n, colour in colours}.get((204, 68, 0), 0) / (page.width * page.height)
    assert share == pytest.approx(174 * 174 * 0.75 / (210 * 297), rel=0.03)


def test_the_same_brief_gives_the_same_bytes() -> None:
    """It bears the moment of the run."""
    brief = make_brief(facts(*many()))
    assert render_pdf(brief, made_at=MADE) == render_pdf(brief, made_at=MADE)
