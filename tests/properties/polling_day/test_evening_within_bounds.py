"""Whatever parameters a scenario may set, the evening runs, keeps its sums and warns of nothing."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.manipulations.register import Manipulations
from sim.models.chain.evening import EveningParameters
from sim.records.parameters.vote.chain import Collection, Sheets, Transmission
from sim.records.parameters.watching.quick_count import QuickCountParameters
from tests.support.chains import small_evening

WIDEST = 1e3


def bounds(field):
    """Return the hard bounds of a parameter as (least, most)."""
    found = {}
    for rule in field.metadata:
        for name in ("ge", "gt", "le", "lt"):
            if getattr(rule, name, None) is not None:
                found[name] = float(getattr(rule, name))
    low = max(found.get("ge", -WIDEST), found.get("gt", -WIDEST) + 1e-3)
    return low, min(found.get("le", found.get("lt", WIDEST) - 1e-3), max(WIDEST, low))


def values(section, fixed=()):
    """Return a strategy of sections whose numbers lie anywhere within their hard bounds."""
    parts = {}
    for name, field in section.model_fields.items():
        if name in fixed:
            continue
        if field.annotation in (float, float | None):
            parts[name] = st.floats(*bounds(field))
        elif field.annotation in (int, int | None):
            parts[name] = st.integers(*(int(x) for x in bounds(field)))
        elif field.annotation is bool:
            parts[name] = st.booleans()
    return st.builds(section, **parts)


EVENINGS = st.builds(
    EveningParameters,
    values(Sheets),
    values(Transmission),
    values(Collection),
    values(QuickCountParameters),
)
EVERYTHING = st.builds(
    Manipulations,
    **{
        name: values(field.annotation)
        for name, field in Manipulations.model_fields.items()
        if name != "known_sd"
    },
)


@settings(max_examples=60, deadline=None)
@given(EVENINGS, EVERYTHING)
def test_sums_hold_and_nothing_is_negative(p, manipulations):
    chain = small_evening(p, manipulations, blocks=2)[0].chain
    for count in (chain.machine, chain.sheet, chain.shown, chain.copies, chain.tabulated):
        assert count.votes.min() >= 0
        assert (count.ballots[:80] <= chain.registered).all()
    assert not (chain.copy_held & ~chain.copy_obtained).any()
    assert not np.isnan(chain.scanned_minute).any()
    assert all(b.totals.min() >= 0 for b in chain.bulletins)
