"""Claims as JSON-LD in the words of schema.org: a Dataset, its Claims, and a ClaimReview for each judgement.

A ClaimReview says that somebody checked a claim: only an analyst's judgement is one, never an estimate.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from whoholds.model import Judgement, Verdict
from whoholds.tell.claims import NAMELESS, ToldClaim
from whoholds.tell.exports.about import LICENCE, RIGHTS, About
from whoholds.tell.exports.columns import column
from whoholds.tell.exports.setting import Setting, Spot, one_line, spots
from whoholds.tell.phrasing import ACTS

CLAIM_COLUMNS = (
    column("@id", "urn:whoholds:claim: and the claim's id"),
    column("@type", "`Claim`"),
    column("name", "side, kind and place in a few words"),
    column("text", "the sentence"),
    column("author", "who is said to say it; the outlet where it speaks for itself"),
    column("appearance", "the report: `headline`, `url`, `datePublished`, `publisher`, `inLanguage` is not told"),
    column("about", "the places: name, coordinates, and the address of their entry in GeoNames"),
    column("temporal", "when it was so", "date"),
    column("dateCreated", "the first day it could be known", "date"),
    column("keywords", "kind, side, stance; `hedged` and `failed` where so"),
    column("isPartOf", "the data set"),
)
REVIEW_COLUMNS = (
    column("@type", "`ClaimReview`"),
    column("claimReviewed", "the claim's sentence"),
    column("itemReviewed", "the claim"),
    column("author", "the analyst"),
    column("datePublished", "the day of the judgement", "date"),
    column("reviewRating", "`alternateName`: Accepted, Rejected or Corrected; 1 and 0 of 1 for the first two"),
    column("reviewBody", "the analyst's note"),
)
VERDICTS: dict[Verdict, tuple[str, int | None]] = {
    Verdict.ACCEPT: ("Accepted", 1),
    Verdict.REJECT: ("Rejected", 0),
    Verdict.CORRECT: ("Corrected", None),
}


def write_jsonld(
    claims: Iterable[ToldClaim], judgements: Mapping[str, Judgement], setting: Setting, about: About, path: Path
) -> int:
    """Write claims and their reviews; answers how many claims. `judgements` are those that stand, by claim id."""
    told = list(claims)
    people = {name.casefold() for side in setting.theatre.sides for name in side.people}
    graph: list[dict[str, Any]] = [_dataset(about), *(_claim(t, setting, people) for t in told)]
    graph += [_review(t, judgements[t.claim.id]) for t in told if t.claim.id in judgements]
    # Web pages carry such data in a script element, which a quoted "</script>" would end.
    lines = ",\n".join(json.dumps(node, ensure_ascii=False).replace("<", "\\u003c") for node in graph)
    path.write_text(f'{{"@context": "https://schema.org", "@graph": [\n{lines}\n]}}\n', encoding="utf-8")
    return len(told)


def _dataset(about: About) -> dict[str, Any]:
    """The data set the claims are part of."""
    return {
        "@type": "Dataset",
        "@id": "urn:whoholds:dataset",
        "name": about.title,
        "description": about.description,
        "temporalCoverage": f"{about.first_day}/{about.last_day}",
        "dateCreated": about.made_at.date().isoformat(),
        "license": LICENCE["path"],
        "usageInfo": RIGHTS,
        "citation": about.citation,
        "isBasedOn": [source.get("path", source["title"]) for source in about.sources],
    }


def _claim(told: ToldClaim, setting: Setting, people: set[str]) -> dict[str, Any]:
    """One claim."""
    claim = told.claim
    where = list(spots(told, setting))
    side = setting.side_name(claim.side)
    keywords = [claim.kind.value, *([side] if side else []), claim.stance.value]
    keywords += [word for word, so in (("hedged", claim.hedged), ("failed", claim.failed)) if so]
    node: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"urn:whoholds:claim:{claim.id}",
        "name": " ".join(x for x in (side, ACTS[claim.kind], ", ".join(s.name for s in where)) if x),
        "text": one_line(told.sentence),
        "author": _author(told, people),
        "appearance": _report(told),
        "temporal": told.valid_day.isoformat(),
        "dateCreated": told.known_day.isoformat(),
        "keywords": keywords,
        "isPartOf": {"@id": "urn:whoholds:dataset"},
    }
    if where:
        node["about"] = [_place(spot) for spot in where]
    return node


def _author(told: ToldClaim, people: set[str]) -> dict[str, str]:
    """Who says it; a speaker who is no known person may be an office, and is left a Thing."""
    speaker = told.claim.speaker
    if speaker is None:
        return {"@type": "Organization", "name": _outlet(told)}
    name = one_line(speaker.text)
    known = any(person in name.casefold() for person in people)
    return {"@type": "Person" if known else "Thing", "name": name}


def _outlet(told: ToldClaim) -> str:
    """Who published it."""
    return "unnamed outlet" if told.outlet in NAMELESS else one_line(told.outlet)


def _report(told: ToldClaim) -> dict[str, Any]:
    """The report the claim stands in."""
    day = told.report_day or told.known_day
    node: dict[str, Any] = {
        "@type": "Article",
        "@id": f"urn:whoholds:report:{told.claim.report_id}",
        "headline": one_line(told.title) or _outlet(told),
        "datePublished": day.isoformat(),
        "publisher": {"@type": "Organization", "name": _outlet(told)},
    }
    if told.url and told.url.startswith(("https://", "http://")):
        node["url"] = told.url
    return node


def _place(spot: Spot) -> dict[str, Any]:
    """A place, with its entry in GeoNames where it has one."""
    node: dict[str, Any] = {
        "@type": "Place",
        "name": spot.name,
        "geo": {"@type": "GeoCoordinates", "latitude": spot.lat, "longitude": spot.lon},
    }
    if spot.key.isdigit():
        node["sameAs"] = f"https://www.geonames.org/{spot.key}/"
    return node


def _review(told: ToldClaim, judgement: Judgement) -> dict[str, Any]:
    """An analyst's judgement of a claim."""
    words, value = VERDICTS[judgement.verdict]
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": words}
    if value is not None:
        rating |= {"ratingValue": value, "bestRating": 1, "worstRating": 0}
    node: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": f"urn:whoholds:review:{told.claim.id}",
        "claimReviewed": one_line(told.sentence),
        "itemReviewed": {"@id": f"urn:whoholds:claim:{told.claim.id}"},
        "author": {"@type": "Person", "name": judgement.by},
        "datePublished": judgement.at.date().isoformat(),
        "reviewRating": rating,
    }
    return node | ({"reviewBody": judgement.note} if judgement.note else {})
