"""Where every room meets: from reports to a map (`run.run`), and the questions that need more than one room.

Modules are imported one by one (`from whoholds.pipeline.run import run`): reading claims needs a parser, scoring a
series does not.
"""
