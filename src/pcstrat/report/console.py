"""Turns what commands did, and the settings, into text for a terminal. Findings have a module of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pcstrat.text import counted, listed, visible


def publication_text(output: str, written: int, unchanged: int, removed: int) -> str:
    """What a build did to the output folder, in one line."""
    parts = [f"{counted(written, 'file')} written"]
    if unchanged:
        parts.append(f"{unchanged:,} unchanged")
    if removed:
        parts.append(f"{removed:,} removed")
    text = f"{listed(parts)} in {'this folder' if output == '.' else visible(output)}."
    return text[0].upper() + text[1:]


def up_to_date_text(rebuilt: Sequence[str], up_to_date: Sequence[str]) -> str:
    """What a build left as it was, in one line; nothing where it made everything."""
    if not up_to_date:
        return ""
    if len(up_to_date) == 1:
        same = visible(up_to_date[0])
    else:
        same = f"{'the other ' if rebuilt else ''}{len(up_to_date):,} plans"
    if not rebuilt:
        return f"Nothing has changed in {same} since the last build."
    return f"Built anew: {listed([visible(plan) for plan in rebuilt])}. Nothing has changed in {same}."


def settings_text(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """The settings: name, value, where the value comes from, and what the setting means."""
    shown = [tuple(map(visible, row)) for row in rows]
    return "\n".join(f"{name} = {value}  ({origin})\n    {meaning}" for name, value, origin, meaning in shown)
