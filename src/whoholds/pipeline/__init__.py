"""Where every room meets: from reports to a map, and the questions that need more than one room."""

from whoholds.pipeline.run import run
from whoholds.pipeline.steps import Progress, RunSummary, WrittenFile

__all__ = ["Progress", "RunSummary", "WrittenFile", "run"]
