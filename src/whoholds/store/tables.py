"""The tables as SQLAlchemy Core sees them; the migrations make them (a test holds the two together)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

store = Table("store", metadata, Column("key", Text, primary_key=True), Column("value", Text))

reports = Table(
    "reports",
    metadata,
    Column("n", Integer, primary_key=True),
    *(Column(name, Text) for name in ("id", "version", "sha256", "format", "outlet", "lang", "title", "author", "url")),
    *(
        Column(name, Text)
        for name in ("day", "published", "published_text", "retrieved", "known_day", "origin", "text")
    ),
    *(Column(name, Text) for name in ("categories", "parts", "segments")),
    Column("original", LargeBinary),
)
tombstones = Table(
    "tombstones",
    metadata,
    Column("report_id", Text, primary_key=True),
    *(Column(name, Text) for name in ("reason", "by", "at")),
)
set_aside = Table(
    "set_aside",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("error", Text),
    Column("problem", Text, primary_key=True),
    Column("remedy", Text),
)
readings = Table(
    "readings",
    metadata,
    Column("report_id", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("reading", Text),
)
claims = Table(
    "claims",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report_id", Text),
    Column("version", Text, primary_key=True),
    *(Column(name, Text) for name in ("kind", "side", "stance")),
    Column("hedged", Boolean),
    Column("failed", Boolean),
    *(Column(name, Text) for name in ("speaker", "speaker_side", "day", "evidence", "words", "rule", "body")),
)
placed = Table(
    "placed",
    metadata,
    Column("claim_id", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    *(Column(name, Text) for name in ("outlet", "valid_day", "known_day", "witness", "speakers", "resolutions")),
)
resolved = Table(
    "resolved",
    metadata,
    Column("claim_id", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("at", Integer, primary_key=True),
    Column("place_id", Integer),
    Column("area", Text),
    Column("probability", Float),
)
places = Table(
    "places",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text),
    Column("lat", Float),
    Column("lon", Float),
    *(Column(name, Text) for name in ("country", "admin1", "feature")),
    Column("population", Integer),
    Column("base", Text),
)
areas = Table("areas", metadata, Column("key", Text, primary_key=True), Column("wkb", LargeBinary))
estimates = Table(
    "estimates",
    metadata,
    Column("series", Text, primary_key=True),
    Column("place_id", Integer, primary_key=True),
    Column("day", Text, primary_key=True),
    *(Column(name, Text) for name in ("status", "probabilities", "basis")),
    Column("n_claims", Integer),
)
maps = Table(
    "maps",
    metadata,
    Column("name", Text, primary_key=True),
    Column("day", Text),
    Column("sha256", Text),
    Column("original", LargeBinary),
)
runs = Table(
    "runs",
    metadata,
    Column("n", Integer, primary_key=True),
    *(Column(name, Text) for name in ("inputs", "settings", "summary", "at")),
)
judgements = Table(
    "judgements",
    metadata,
    Column("n", Integer, primary_key=True),
    *(Column(name, Text) for name in ("claim_id", "verdict", "by", "at", "note")),
    Column("place_id", Integer),
    Column("kind", Text),
)
