"""Names are resolved by what stands around them, with runners-up and reasons."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from whoholds.locate import Finder, Gazetteer, Resolver, place_row
from whoholds.model import Resolution, Theatre


def resolved(finder: Finder, resolver: Resolver, text: str, lang: str = "en") -> list[Resolution]:
    """The resolutions of a text."""
    return resolver.resolve(text, finder.find(text, lang), day=date(2022, 9, 10))


def ids(resolutions: list[Resolution]) -> list[int | None]:
    """The best place of each."""
    return [r.best.place_id if r.best else None for r in resolutions]


def test_a_list_pulls_its_namesakes_together(finder: Finder, resolver: Resolver) -> None:
    near_lyman = resolved(finder, resolver, "They shelled Lyman and Zarichne.")
    near_bakhmut = resolved(finder, resolver, "They shelled Bakhmut, Kodema and Zarichne.")
    near_kherson = resolved(finder, resolver, "They shelled Kherson and Zarichne.")
    assert ids(near_lyman)[-1] == 1000001
    assert ids(near_bakhmut)[-1] == 1000003
    assert ids(near_kherson)[-1] == 1000002


def test_runners_up_and_probabilities(finder: Finder, resolver: Resolver) -> None:
    found = resolved(finder, resolver, "They shelled Lyman and Zarichne.")[-1]
    assert found.best is not None
    every = (found.best, *found.runners_up)
    assert len(every) == 3
    assert sum(c.probability for c in every) == pytest.approx(1.0, abs=0.01)
    assert list(every) == sorted(every, key=lambda c: -c.probability)
    assert any("near" in reason for reason in found.best.reasons)


def test_the_area_named_behind_a_name(finder: Finder, resolver: Resolver) -> None:
    assert ids(resolved(finder, resolver, "They shelled Zarichne, Kherson Oblast.")) == [1000002, None]
    assert ids(resolved(finder, resolver, "They shelled Lyman, Kharkiv Oblast."))[0] == 703071


def test_a_phrase_outweighs_size_and_neighbours(finder: Finder, gazetteer: Gazetteer, theatre: Theatre) -> None:
    text = "Near Kherson and Zarichne (20 km southeast of Bakhmut) they dug in."
    mentions = finder.find(text, "en")
    with_phrase = Resolver(gazetteer, theatre).resolve(text, mentions)
    without = Resolver(gazetteer, theatre, use_phrases=False).resolve(text, mentions)
    assert ids(with_phrase)[1] == 1000003
    assert ids(without)[1] == 1000002
    assert without[2].unresolved is not None


def test_the_front_of_the_day(finder: Finder, gazetteer: Gazetteer, resolver: Resolver) -> None:
    text = "They shelled Zarichne."
    mentions = finder.find(text, "en")

    def around(lat: float, lon: float) -> dict[int, float]:
        def front(rows: np.ndarray) -> np.ndarray:
            return np.hypot((gazetteer.lat[rows] - lat) * 111.0, (gazetteer.lon[rows] - lon) * 74.0)

        (found,) = resolver.resolve(text, mentions, day=date(2022, 9, 10), front=front)
        return {c.place_id: c.probability for c in (found.best, *found.runners_up) if c is not None}

    assert around(48.99, 37.95)[1000001] > around(46.7, 32.5)[1000001]
    assert around(48.99, 37.95)[1000002] < around(46.7, 32.5)[1000002]


def test_a_former_name_follows_its_village(finder: Finder, resolver: Resolver) -> None:
    assert ids(resolved(finder, resolver, "They took Ivanivka.")) == [1000006]
    assert ids(resolved(finder, resolver, "They took Artemivsk.")) == [713174]


def test_directions_and_districts_have_areas(finder: Finder, resolver: Resolver) -> None:
    keys = {
        "Fighting north of Kharkiv.": "from:north:706483",
        "Fighting on the Bakhmut axis.": "toward:713174",
        "Fighting in the Balakliya district.": "district:712702",
        "Fighting in Donbas.": "theatre:donbas",
        "Fighting in Kharkiv Oblast.": "admin1:UA-63",
    }
    for text, key in keys.items():
        (found,) = resolved(finder, resolver, text)
        assert (found.best, found.area) == (None, key), text


def test_the_order_of_the_report_does_not_matter(finder: Finder, resolver: Resolver) -> None:
    one = resolved(finder, resolver, "They shelled Zarichne. They shelled Lyman.")
    two = resolved(finder, resolver, "They shelled Lyman. They shelled Zarichne.")
    assert ids(one) == ids(two)[::-1]


def test_unresolved_names_say_why(finder: Finder, resolver: Resolver) -> None:
    (found,) = resolved(finder, resolver, "They shelled positions near Novobezimenivka at noon.")
    assert found.best is None
    assert found.unresolved is not None
    assert "Novobezimenivka" in found.unresolved


def test_rows_for_the_command(finder: Finder, resolver: Resolver) -> None:
    text = "Fighting north of Kharkiv and in Izium."
    mentions = finder.find(text, "en")
    rows = [place_row(m, r) for m, r in zip(mentions, resolver.resolve(text, mentions), strict=True)]
    assert [(r["type"], r["geonameid"], r["area"]) for r in rows] == [
        ("direction", 706483, "from:north:706483"),
        ("settlement", 707292, None),
    ]
    assert all(text[r["start"] : r["end"]] == r["text"] for r in rows)


def test_nothing_named_nothing_resolved(resolver: Resolver) -> None:
    assert resolver.resolve("Nothing here.", []) == []
