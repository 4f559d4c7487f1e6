"""Rebuild the binary reports of the examples: a PDF with a text layer and a web archive.

    python examples/make_files.py

The other reports are plain files; edit them by hand. The words are the project's own (examples/README.md).
"""

from __future__ import annotations

import io
import textwrap
from datetime import datetime
from pathlib import Path

import matplotlib
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).resolve().parent

BULLETIN = (
    "Situation bulletin of a volunteer staff",
    "12 September 2022",
    "Between 6 and 12 September Ukrainian forces retook Balakliia, Shevchenkove, Kupiansk on the western bank of the "
    "Oskil, and Izium. Russian forces withdrew from Velykyi Burluk and Vovchansk.",
    "Ukrainian troops entered Kupiansk on Friday, 9 September. The eastern part of the town is still held by Russian "
    "troops.",
    "Russian forces shelled Kharkiv, Chuhuiv and Pechenihy on Monday.",
    "Russian troops attacked Spirne and Soledar on Sunday; both attacks failed, the General Staff said.",
)

PAGES = (
    (
        "https://courier.example/kozacha-lopan",
        "2022-09-12T07:20:00+03:00",
        "Kozacha Lopan: who raised the flag?",
        (
            "Ukrainian flags fly in Kozacha Lopan, four kilometres from the border, after Russian soldiers left the "
            "village on Saturday, the head of the Derhachi community, Viacheslav Zadorenko, wrote on Sunday.",
            "Residents raised the flag themselves; soldiers came later, a woman from the village said. "
            "Tokarivka and Strilecha were still held by Russian troops on Sunday evening, she added.",
        ),
    ),
    (
        "https://courier.example/chkalovske",
        "2022-09-09T16:00:00+03:00",
        "Chkalovske: soldiers on the main street",
        (
            "Soldiers of a Ukrainian brigade walked down the main street of Chkalovske on Thursday; a photograph taken "
            "by our reporter shows them in front of the school. The village was occupied since the first days.",
            "Hrakove was liberated on Wednesday, their commander said.",
        ),
    ),
)


def make_pdf(path: Path) -> None:
    """One page of words, with a text layer."""
    title, day, *paragraphs = BULLETIN
    lines = [title, "", day, ""]
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, 82), ""]
    with matplotlib.rc_context({"pdf.fonttype": 42}), PdfPages(path, metadata={"CreationDate": None}) as pages:
        figure = Figure(figsize=(8.27, 11.69))
        for number, line in enumerate(lines):
            figure.text(0.1, 0.92 - 0.02 * number, line, fontsize=11 if number else 15)
        pages.savefig(figure)


def make_warc(path: Path) -> None:
    """Two archived pages."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, published, title, paragraphs in PAGES:
            body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
            page = (
                f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
                '<meta property="og:site_name" content="The Steppe Courier">'
                f'<meta property="article:published_time" content="{published}"></head>'
                f"<body><article><h1>{title}</h1>{body}</article></body></html>"
            )
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(page.encode()),
                http_headers=headers,
                warc_headers_dict={
                    "WARC-Date": datetime.fromisoformat(published).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "WARC-Record-ID": f"<urn:example:{url.rsplit('/', 1)[-1]}>",
                },
            )
            writer.write_record(record)
            record.raw_stream.close()


if __name__ == "__main__":
    make_pdf(HERE / "kharkiv-2022/18-bulletin.pdf")
    make_warc(HERE / "kharkiv-2022/19-courier.warc.gz")
    print("made 18-bulletin.pdf and 19-courier.warc.gz")
