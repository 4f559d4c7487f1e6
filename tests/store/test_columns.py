"""Series as columns say what the rows say."""

from __future__ import annotations

from datetime import date

from whoholds.store import EstimateColumns, Store

ROWS = [
    {"place_id": 7, "day": "2022-09-10", "status": "RU", "probabilities": {"UA": 0.1, "RU": 0.9}, "basis": "carried",
     "n_claims": 0},
    {"place_id": 7, "day": "2022-09-12", "status": "UA", "probabilities": {"UA": 0.8, "contested": 0.2},
     "basis": "observed", "n_claims": 3},
    {"place_id": 3, "day": "2022-09-10", "status": "RU", "probabilities": {"UA": 0.1, "RU": 0.9}, "basis": "carried",
     "n_claims": 0},
]  # fmt: skip


def test_columns_are_the_rows_by_place_and_day() -> None:
    with Store.open(":memory:") as store:
        with store.writer() as writer:
            writer.replace_estimates("control", ROWS)
        kept = store.view().estimate_columns()
    assert kept.place_id.tolist() == [3, 7, 7]
    assert [date.fromordinal(day) for day in kept.day.tolist()] == [date(2022, 9, d) for d in (10, 10, 12)]
    assert kept.chances(("UA", "RU", "contested", "IL")).tolist() == [
        [0.1, 0.9, 0.0, 0.0], [0.1, 0.9, 0.0, 0.0], [0.8, 0.0, 0.2, 0.0],
    ]  # fmt: skip
    assert kept.status_in(("UA", "RU", "contested")).tolist() == [1, 1, 0]
    assert kept.basis_in(("observed", "inferred", "carried")).tolist() == [2, 2, 0]
    assert kept.n_claims.tolist() == [0, 0, 3]


def test_a_series_that_was_never_inferred_has_no_rows() -> None:
    with Store.open(":memory:") as store:
        kept = store.view().estimate_columns("nowcast")
    assert kept.place_id.shape == (0,) and kept.chances(("UA", "RU")).shape == (0, 2)
    assert isinstance(kept, EstimateColumns)
