"""Deaths and arrests that follow from protest (docs/model/night.md)."""

from __future__ import annotations

from sim.records.parameters.after.streets import Streets


def deaths_mean(events: int, repressed: int, p: Streets) -> float:
    """Return the mean number of deaths."""
    return p.deaths_per_event * (1 + p.deaths_repressed * repressed) * events


def arrests_mean(events: int, repressed: int, p: Streets) -> float:
    """Return the mean number of arrests; it grows less than the events do."""
    return (
        p.arrests_scale * (1 + p.arrests_repressed * repressed) * float(events) ** p.arrests_power
        if events
        else 0.0
    )
