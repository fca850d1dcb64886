"""One replicate's ledger as a dated story that a person can read, and as JSON lines."""

from sim.output.story.ending import ending
from sim.output.story.lines import ROUTINE, json_lines, moment, sentence, story
from sim.output.story.together import reports_in_one

__all__ = ["ROUTINE", "ending", "json_lines", "moment", "reports_in_one", "sentence", "story"]
