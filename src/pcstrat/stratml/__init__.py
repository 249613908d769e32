"""Turns plans into StratML Part 2, the open standard for strategic and performance plans, and StratML into plan drafts.

StratML Part 2 (ANSI/AIIM 22:2017, schema version 2.2.6) has goals with objectives, objectives with performance
indicators, and indicators with target and actual results. `write` and `read` say what becomes what; what StratML cannot
carry is counted by `carried` and listed in the file itself.
"""

from __future__ import annotations

from pcstrat.stratml.read import Draft, read_stratml
from pcstrat.stratml.tree import StratmlError
from pcstrat.stratml.write import plan_stratml

__all__ = ["Draft", "StratmlError", "plan_stratml", "read_stratml"]
