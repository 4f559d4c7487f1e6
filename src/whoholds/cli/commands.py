"""Every command, by name, and where it lives. Modules are imported only when a command is asked for."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "run": "whoholds.cli.run:run",
    "extract": "whoholds.cli.extract:extract",
    "locate": "whoholds.cli.locate:locate",
    "explain": "whoholds.cli.explain:explain",
    "claims": "whoholds.cli.claims:claims",
    "places": "whoholds.cli.places:places",
    "reports": "whoholds.cli.reports:reports",
    "changes": "whoholds.cli.changes:changes",
    "digest": "whoholds.cli.digest:digest",
    "brief": "whoholds.cli.brief:brief",
    "ledgers": "whoholds.cli.ledgers:ledgers",
    "echoes": "whoholds.cli.ledgers:echoes",
    "serve": "whoholds.cli.serve:serve",
    "publish": "whoholds.cli.publish:publish",
    "export": "whoholds.cli.export:export",
    "judge": "whoholds.cli.judge:judge",
    "reliability": "whoholds.cli.reliability:reliability",
    "compare": "whoholds.cli.compare:compare",
    "fronts": "whoholds.cli.fronts:fronts",
    "score": "whoholds.cli.score:score",
    "theatres": "whoholds.cli.theatres:theatres",
    "gazetteer": "whoholds.cli.gazetteer:gazetteer",
}
