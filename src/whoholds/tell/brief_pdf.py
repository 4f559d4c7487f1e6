"""The brief as PDF: A4, to print, send and file; every number leads to its claim."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from whoholds.errors import MissingPart
from whoholds.tell.brief import Brief, Cited, Line, day_words

if TYPE_CHECKING:
    from fpdf import FPDF

FAMILY = "DejaVu"
FACES = {"": "DejaVuSans", "B": "DejaVuSans-Bold", "I": "DejaVuSans-Oblique", "BI": "DejaVuSans-BoldOblique"}
"""DejaVu Sans, which comes with matplotlib: Latin, Cyrillic, Greek, Armenian, Georgian, Arabic, Hebrew."""
MARGIN, INDENT = 18.0, 6.0
"""[mm]"""
INK, GREY, LINK = (34, 37, 43), (107, 113, 120), (0, 71, 110)
TITLE, HEADING, BODY, SMALL = 17.0, 12.5, 9.6, 8.2
"""Sizes of type [point]."""
LEADING = 0.5
"""Height of a line [mm a point]."""


def render_pdf(brief: Brief, *, made_at: datetime, picture: bytes | None = None) -> bytes:
    """The brief as the bytes of a PDF.

    Parameters
    ----------
    brief : Brief
    made_at : datetime
        The moment the file bears, so that the same brief gives the same bytes.
    picture : bytes, optional
        A map as PNG, set below the first lines.

    Raises
    ------
    MissingPart
        fpdf2 is not installed.
    """
    sheet = _Sheet(_paper(brief.title), made_at)
    sheet.title(brief.title)
    for line in brief.lead:
        sheet.paragraph(line)
    if picture is not None:
        sheet.picture(picture)
    sheet.promise(brief.evidence)
    for heading, lines in brief.parts:
        sheet.heading(heading)
        for item in lines:
            sheet.item(item)
    if brief.evidence:
        sheet.heading("The evidence")
        for cited in brief.evidence:
            sheet.claim(cited)
    sheet.gap(3)
    for note in brief.notes:
        sheet.paragraph(note, size=SMALL, colour=GREY)
    return sheet.finished()


def _paper(title: str) -> FPDF:
    """An empty document with page numbers."""
    try:
        from fpdf import FPDF
    except ImportError as error:
        raise MissingPart("A PDF needs fpdf2.", remedy="Install it with: pip install 'whoholds[export]'.") from error

    class Paper(FPDF):
        """Pages with a line at their foot."""

        def footer(self) -> None:
            """The title and the page's number."""
            self.set_y(-13)
            self.set_font(FAMILY, size=7)
            self.set_text_color(*GREY)
            self.set_x(MARGIN)
            self.cell(self.w - 2 * MARGIN - 20, 5, title)
            self.cell(20, 5, f"{self.page_no()} / {{nb}}", align="R")

    paper = Paper(format="A4")
    fonts = files("matplotlib") / "mpl-data" / "fonts" / "ttf"
    for style, name in FACES.items():
        paper.add_font(FAMILY, style, str(fonts / f"{name}.ttf"))
    paper.set_margins(MARGIN, MARGIN, MARGIN)
    paper.set_auto_page_break(True, margin=18)
    paper.set_title(title)
    paper.set_author("whoholds")
    paper.set_lang("en")
    return paper


class _Sheet:
    """Sets lines on pages."""

    def __init__(self, paper: FPDF, made_at: datetime) -> None:
        self._paper = paper
        paper.set_creation_date(made_at)
        paper.set_producer("whoholds")
        paper.add_page()
        self._links: dict[int, int] = {}

    def finished(self) -> bytes:
        """The document."""
        return bytes(self._paper.output())

    def gap(self, mm: float) -> None:
        """Empty space."""
        self._paper.ln(mm)

    def title(self, words: str) -> None:
        """The title, as large as the page bears."""
        self._style(TITLE, "B", INK)
        self._paper.multi_cell(0, TITLE * LEADING, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.gap(2.5)

    def heading(self, words: str) -> None:
        """A heading, in the file's outline too; never the last line of a page."""
        paper = self._paper
        if paper.get_y() > paper.h - 45:
            paper.add_page()
        self.gap(3.5)
        paper.start_section(words)
        self._style(HEADING, "B", INK)
        paper.multi_cell(0, HEADING * LEADING, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.gap(1)

    def paragraph(self, words: str, *, size: float = BODY, colour: tuple[int, int, int] = INK) -> None:
        """Words on lines of their own."""
        self._style(size, "", colour)
        self._paper.multi_cell(0, size * LEADING, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.gap(1.2)

    def picture(self, png: bytes) -> None:
        """A picture as wide as the text, on the next page where this one has no room."""
        paper = self._paper
        image = io.BytesIO(png)
        self.gap(1)
        placed: Any = paper.image(image, w=paper.epw, alt_text="Map of control at the end of the period")
        del placed
        self.gap(1)

    def promise(self, evidence: tuple[Cited, ...]) -> None:
        """Links to claims that are set later."""
        self._links = {cited.number: self._paper.add_link() for cited in evidence}

    def item(self, line: Line) -> None:
        """A line of the brief with the numbers of its claims."""
        with self._indented("–"):
            self._words(line.text, BODY)
            for number in line.cites:
                self._words(f" [{number}]", SMALL, colour=LINK, link=self._links.get(number))
        self.gap(0.8)

    def claim(self, cited: Cited) -> None:
        """A claim: what it says, its sentence with its own words bold, and whose it is."""
        paper, told = self._paper, cited.told
        if paper.get_y() > paper.h - 32:
            paper.add_page()
        paper.set_link(self._links[cited.number], y=paper.get_y(), page=paper.page_no())
        with self._indented(f"{cited.number}", size=SMALL, wide=3.0):
            self._words(f"{cited.what}: “", SMALL)
            for words, marked in cited.pieces:
                self._words(" ".join(words.split()) if marked else _spaced(words), SMALL, "B" if marked else "")
            self._words("”", SMALL)
            paper.ln(SMALL * LEADING)
            title = f", {' '.join(told.title.split())}" if told.title else ""
            self._words(f"{told.whose_word}, {day_words(told.known_day)}{title}", SMALL - 0.8, colour=GREY)
            if told.url and told.url.startswith(("http://", "https://")):
                self._words(", ", SMALL - 0.8, colour=GREY)
                self._words("report", SMALL - 0.8, colour=LINK, link=told.url)
            self._words(f" · {told.claim.id}", SMALL - 0.8, colour=GREY)
        self.gap(1.2)

    @contextmanager
    def _indented(self, mark: str, *, size: float = BODY, wide: float = 0.0) -> Iterator[None]:
        """Set what follows beside a mark, and end the line after it."""
        paper = self._paper
        self._style(size, "", GREY)
        paper.set_x(MARGIN)
        paper.cell(INDENT + wide, size * LEADING, mark)
        paper.set_left_margin(MARGIN + INDENT + wide)
        paper.set_x(MARGIN + INDENT + wide)
        yield
        paper.set_left_margin(MARGIN)
        paper.ln(size * LEADING)

    def _words(
        self,
        words: str,
        size: float,
        style: str = "",
        *,
        colour: tuple[int, int, int] = INK,
        link: int | str | None = None,
    ) -> None:
        """Words that flow on from the last ones."""
        paper = self._paper
        self._style(size, style, colour)
        first = words.split(" ", 1)[0]
        # A word that stands alone in its piece would be broken at the margin: it goes to the next line whole.
        if first and paper.l_margin < paper.x and paper.x + paper.get_string_width(first) > paper.w - paper.r_margin:
            paper.ln(size * LEADING)
        paper.write(size * LEADING, words, link or "")

    def _style(self, size: float, style: str, colour: tuple[int, int, int]) -> None:
        """How the next words look."""
        self._paper.set_font(FAMILY, style, size)
        self._paper.set_text_color(*colour)


def _spaced(words: str) -> str:
    """Words on one line, the spaces at their ends kept.

    >>> _spaced(" took\\n  Izium ")
    ' took Izium '
    """
    inner = " ".join(words.split())
    if not inner:
        return " " if words else ""
    return (" " if words[0].isspace() else "") + inner + (" " if words[-1].isspace() else "")
