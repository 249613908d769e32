"""The one clock: the date that documents and rules count from is asked for here and nowhere else."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping

from pcstrat.errors import UsageError


def as_of_date(given: str | None, environment: Mapping[str, str] = os.environ) -> dt.date:
    """The date a run counts from: `--as-of`, else `SOURCE_DATE_EPOCH`, else today (UTC).

    Raises:
        UsageError: if the date given is not `YYYY-MM-DD`, or the epoch is not a whole number of seconds.
    """
    if given is not None:
        try:
            return dt.date.fromisoformat(given)
        except ValueError:
            raise UsageError(f"--as-of {given!r} is not a date.", "Write it as 2026-11-21.") from None
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date()
        except (ValueError, OverflowError, OSError):
            message = f"SOURCE_DATE_EPOCH is {epoch!r}, which is not a number of seconds since 1970."
            raise UsageError(message, "Unset it, or set it to a whole number.") from None
    return dt.datetime.now(tz=dt.UTC).date()
