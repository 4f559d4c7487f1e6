"""Each format becomes reports with title, author, day and the way back to its bytes."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.model import PartKind, Report
from whoholds.read import Format, original_span, read_bytes, read_path, sniff

EXPORT = """

Brigade Enters Two Villages

Description

NORTH: The brigade **entered *Alder* at dawn**, [its press office](#) said.
See <https://example.org/a>.

AFP/Getty Images: A flag in Birch, on Sept. 9, 2022.

The map shows it clearly during the ongoing

push to the river. pic.example/x

— Ann Lee ?? (@annlee) [September 10, 2022](#)

The mayor denied it.

by Tom Writer

Category

1. War.
2. Main

Date Created

09/12/2022"""

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Town falls</title>
<meta property="article:published_time" content="2022-09-10T08:30:00+03:00"><meta name="author" content="Ann Lee">
<meta property="og:site_name" content="The Daily"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Town falls</h1>
<p>The garrison left Alder &amp; Birch on Friday night, a
resident of the town told this paper by telephone on Saturday.</p>
<figure><img src="a.jpg"><figcaption>A flag over Alder. Photo: A. Lee</figcaption></figure>
<p>Officials in the <b>regional</b> capital said that troops
had entered the town in the early hours without a shot.</p>
<blockquote class="twitter-tweet"><p>They are in the square now.</p>&mdash; Tom Roe (@tomroe)
<a href="#">September 10, 2022</a></blockquote>
<p>The ministry of defence has not commented on the reports, which could not be confirmed independently so far.</p>
</article><footer>Copyright 2019</footer></body></html>"""

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Daily</title>
<item><title>Alder taken</title><link>https://example.org/1</link><guid>https://example.org/1</guid>
<pubDate>Sat, 10 Sep 2022 08:30:00 +0300</pubDate><category>War</category>
<description>&lt;p&gt;Troops took &lt;b&gt;Alder&lt;/b&gt; &amp;amp; Birch.&lt;/p&gt;</description></item>
<item><title>Undated</title><guid>https://example.org/2</guid><description>Words.</description></item>
</channel></rss>"""

WXR = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>A blog</title>
<item><title>Alder taken</title><dc:creator><![CDATA[ann]]></dc:creator><guid>https://example.org/?p=7</guid>
<category domain="category"><![CDATA[War]]></category><category domain="post_tag"><![CDATA[x]]></category>
<content:encoded><![CDATA[Troops took <em>Alder</em> at dawn.

[caption id="a"]<img src="a.jpg"/> A flag over Alder[/caption]

The mayor &amp; his deputy left.]]></content:encoded><wp:post_date_gmt>2022-09-10 05:30:00</wp:post_date_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Draft</title><content:encoded><![CDATA[No.]]></content:encoded><wp:status>draft</wp:status>
<wp:post_type>post</wp:post_type></item></channel></rss>"""

TELEGRAM = {
    "name": "Front diary", "type": "public_channel", "id": 1234,
    "messages": [
        {"id": 1, "type": "service", "date": "2022-09-10T01:00:00", "action": "pin_message", "text": ""},
        {"id": 2, "type": "message", "date": "2022-09-11T01:00:00", "date_unixtime": "1662847200",
         
         "text": ["Наші в ", {"type": "bold", "text": "Вільсі"}, " \"зранку\" 🇺🇦."]},
    ],
}  # fmt: skip


def only(data: str | bytes) -> Report:
    """The one report in some bytes."""
    (found,) = read_bytes(data if isinstance(data, bytes) else data.encode(), "here")
    assert isinstance(found, Report), found
    return found


def words_at(report: Report, words: str) -> str:
    """The original bytes behind some words of the text, as text."""
    start = report.text.index(words)
    span = original_span(report, start, start + len(words))
    assert span is not None
    return report.original[slice(*span)].decode()


def test_an_archive_export_loses_its_markup_and_bookkeeping_and_keeps_the_way_back() -> None:
    report = only(EXPORT)
    assert (report.format, report.title, report.author) == ("archive", "Brigade Enters Two Villages", "Tom Writer")
    assert (report.day, report.categories) == (date(2022, 9, 12), ("War.", "Main"))
    assert "entered Alder at dawn, its press office said.\nSee https://example.org/a." in report.text
    assert not any(word in report.text for word in ("Category", "Date Created", "Tom Writer", "**", "(#)"))
    assert words_at(report, "at dawn, its press office said") == "at dawn**, [its press office](#) said"
    kinds = [part.kind for part in report.parts]
    assert kinds == [PartKind.TITLE, PartKind.BODY, PartKind.CAPTION, PartKind.POST, PartKind.BODY]
    post = report.parts[3]
    assert (post.author, post.handle, post.day) == ("Ann Lee", "annlee", date(2022, 9, 10))
    assert "ongoing push to the river" in report.text[post.start : post.end]


def test_the_day_of_an_export_may_be_glued_to_what_follows() -> None:
    assert only(EXPORT + "Next article").day == date(2022, 9, 12)


def test_a_page_keeps_its_article_captions_and_posts() -> None:
    report = only(PAGE)
    assert (report.format, report.title, report.outlet, report.author) == ("html", "Town falls", "The Daily", "Ann Lee")
    assert (report.day, report.published) == (date(2022, 9, 10), datetime.fromisoformat("2022-09-10T08:30:00+03:00"))
    assert "Home" not in report.text and "Copyright" not in report.text
    assert words_at(report, "Alder & Birch") == "Alder &amp; Birch"
    assert words_at(report, "the regional capital") == "the <b>regional</b> capital"
    caption = next(part for part in report.parts if part.kind is PartKind.CAPTION)
    assert report.text[caption.start : caption.end] == "A flag over Alder. Photo: A. Lee"
    post = next(part for part in report.parts if part.kind is PartKind.POST)
    assert (post.author, post.handle, post.day) == ("Tom Roe", "tomroe", date(2022, 9, 10))
    assert report.text.index("A flag over") < report.text.index("Officials")


def test_a_feed_gives_a_report_an_entry_and_sets_the_undated_one_aside() -> None:
    report, undated = read_bytes(FEED.encode(), "here")
    assert isinstance(report, Report) and not isinstance(undated, Report)
    assert (report.id, report.outlet, report.categories) == ("https://example.org/1", "The Daily", ("War",))
    assert report.text == "Alder taken\n\nTroops took Alder & Birch." and report.day == date(2022, 9, 10)
    assert words_at(report, "Birch.") == "Birch." and report.original.startswith(b"<item>")
    assert words_at(report, "& Birch") == "&amp;amp; Birch"
    assert undated.error == "UnknownDay"


def test_a_wordpress_export_gives_its_published_posts() -> None:
    report = only(WXR)
    assert (report.format, report.id, report.author, report.outlet) == (
        "wordpress", "https://example.org/?p=7", "ann", "A blog",
    )  # fmt: skip
    assert (
        report.text == "Alder taken\n\nTroops took Alder at dawn.\n\nA flag over Alder\n\nThe mayor & his deputy left."
    )
    assert report.published == datetime(2022, 9, 10, 5, 30, tzinfo=UTC) and report.categories == ("War",)
    assert [p.kind for p in report.parts][2] is PartKind.CAPTION
    assert words_at(report, "The mayor & his") == "The mayor &amp; his"


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_telegram_export_gives_its_posts_through_json_escapes(ascii_only: bool) -> None:
    report = only(json.dumps(TELEGRAM, ensure_ascii=ascii_only))
    assert (report.id, report.outlet, report.lang) == ("tg-1234-2", "Telegram: Front diary", "uk")
    assert report.text == 'Наші в Вільсі "зранку" 🇺🇦.' and report.day == date(2022, 9, 11)
    assert report.published == datetime(2022, 9, 10, 22, 0, tzinfo=UTC)
    assert json.loads(f'"{words_at(report, "Вільсі")}"') == "Вільсі"
    assert json.loads(f'"{words_at(report, "зранку")}"') == "зранку"


def test_a_web_archive_gives_its_pages_with_address_and_time() -> None:
    records = []
    for kind, body in (("text/html; charset=utf-8", PAGE.encode()), ("image/png", b"\x89PNG")):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/p\r\n"
            "WARC-Date: 2022-10-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    report = only(b"".join(records))
    assert (report.format, report.url, report.day) == ("html", "https://example.org/p", date(2022, 9, 10))
    assert report.retrieved == datetime(2022, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "title", "kept"),
    [
        ("Title: News\nDate: 10 September 2022\nOutlet: The Daily\n\nWords.\n", "News", "Words."),
        ("---\ntitle: News\ndate: 2022-09-10\nsource: The Daily\n---\nWords.", "News", "Words."),
        ("News\n\nSaturday, September 10, 2022\n\nWords.", "News", "News\n\nSaturday, September 10, 2022\n\nWords."),
    ],
)
def test_plain_text_may_say_its_title_and_day(text: str, title: str, kept: str) -> None:
    report = only(text)
    assert (report.title, report.day, report.text) == (title, date(2022, 9, 10), kept)
    assert words_at(report, "Words.") == "Words."


def printed(lines: list[str]) -> bytes:
    """A PDF with those lines, as a browser prints them."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 6))
    for n, line in enumerate(lines):
        figure.text(0.05, 0.95 - n / 25, line, fontsize=9)
    out = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}):
        FigureCanvasPdf(figure).print_pdf(out)
    return out.getvalue()


def test_a_pdf_has_the_day_printed_on_its_top_and_leads_back_to_the_file() -> None:
    wide = "The brigade said on its channel that the soldiers had reached the bridge over the river at"
    data = printed(["Town news", "10 September 2022", wide, "dawn.", "The mayor did not answer."])
    report = only(data)
    assert (report.format, report.title, report.day) == ("pdf", "Town news", date(2022, 9, 10))
    assert f"{wide} dawn." in report.text
    assert original_span(report, 0, 4) == (0, len(data))


def test_an_export_printed_as_pdf_is_read_as_that_export() -> None:
    report = only(printed([line for line in EXPORT.splitlines() if line]))
    assert (report.format, report.title, report.day) == ("pdf", "Brigade Enters Two Villages", date(2022, 9, 12))
    assert report.author == "Tom Writer" and "Date Created" not in report.text


def test_a_control_map_is_a_report_too() -> None:
    ring = [[36, 49], [37, 49], [37, 50], [36, 49]]
    feature = {
        "type": "Feature",
        "properties": {"held_by": "RU"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    assert sniff(data) is Format.MAP
    (report,) = read_bytes(data, "map_2022-09-01.geojson", default_day=date(2022, 9, 1))
    assert isinstance(report, Report) and (report.format, report.original) == ("map", data)


def test_a_folder_is_read_in_order_gzip_and_all_and_names_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(
        gzip.compress(b'{"id": "two", "date": "2022-09-10", "lang": "en", "text": "B."}\n')
    )
    (tmp_path / "a.pdf").write_text("Date: 2022-09-09\n\nThe town was quiet.")
    (tmp_path / ".hidden").write_text("no")
    found = [r for r in read_path(tmp_path) if isinstance(r, Report)]
    assert [r.format for r in found] == ["text", "jsonl"] and found[1].id == "two"


def test_a_json_line_is_kept_as_it_stands_with_its_parts() -> None:
    row = {"id": "x", "date": "2022-09-10", "lang": "en", "text": "## Day\n\n- an item[1]\n\nWords."}
    report = only(json.dumps(row))
    assert report.text == row["text"] and [p.kind for p in report.parts] == [PartKind.TITLE, PartKind.ITEM]


@given(text=st.text(min_size=1, max_size=60).filter(str.strip), ascii_only=st.booleans(), data=st.data())
def test_any_slice_of_a_json_line_leads_back_to_the_characters_it_came_from(
    text: str, ascii_only: bool, data: st.DataObject
) -> None:
    row = json.dumps({"id": "x", "date": "2022-09-10", "lang": "en", "text": text}, ensure_ascii=ascii_only)
    report = only(row)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = original_span(report, start, end)
    assert span is not None
    assert json.loads(f'"{report.original[slice(*span)].decode()}"', strict=False) == text[start:end]


@given(words=st.lists(st.text(alphabet="abcdeжї é", min_size=1, max_size=12).map(str.strip).filter(bool), min_size=1))
def test_any_word_of_a_text_or_an_export_leads_back_to_itself(words: list[str]) -> None:
    body = "**".join(words)
    for report in (
        only(f"Date: 2022-09-10\nTitle: T\nLang: en\n\nBegin {body} end."),
        only(EXPORT.replace("denied", body)),
    ):
        for part in report.segments:
            span = original_span(report, part.text_start, part.text_end)
            assert span is not None
            assert report.original[slice(*span)].decode() == report.text[part.text_start : part.text_end]
