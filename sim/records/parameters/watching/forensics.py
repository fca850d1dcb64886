"""What the forensic tests use: sizes below which they keep silent, redraws of their nulls,
allowances of honest elections.
"""

from __future__ import annotations

from sim.records.parameters.base import Section, quantity, share


class Forensics(Section):
    """Settings of the tests that look for patterns in rows of results.

    Their level is `monitoring.alpha`.
    """

    min_tables: int = quantity(
        100, unit="tables", low=50, high=500, ge=30, note="fewer rows say nothing"
    )
    redraws: int = quantity(
        200,
        unit="1",
        low=40,
        high=1000,
        ge=20,
        note="honest elections redrawn with the country's own table sizes for a null",
    )
    digit_votes: int = quantity(
        10,
        unit="votes",
        low=10,
        high=100,
        ge=10,
        source="BeberScacco2012",
        note="smaller counts have no second digit",
    )
    min_registered: int = quantity(
        100,
        unit="voters",
        low=50,
        high=200,
        ge=1,
        source="Kobak2016",
        note="smaller stations' percentages are not looked at",
    )
    largest_share: float = share(
        0.99,
        low=0.95,
        high=1.0,
        source="Kobak2016",
        note="stations above it in turnout or share are not looked at",
    )
    largest_centre: int = quantity(
        12,
        unit="tables",
        low=8,
        high=20,
        ge=2,
        note="a larger group of tables is no polling centre: no test compares inside it",
    )
    centre_dispersion: float = quantity(
        3.0,
        unit="1",
        low=1.0,
        high=4.0,
        ge=1.0,
        note="spread among tables of one centre in honest elections, in units of chance; surnames "
        "that decide the table (families) make it 2.6 in Guanajuato 2012",
    )
    centre_correlation: float = share(
        0.15,
        low=0.0,
        high=0.3,
        note="correlation of turnout and share among tables of one centre that age or alphabet "
        "may bring about",
    )
    history_correlation: float = share(
        0.25,
        low=0.0,
        high=0.5,
        note="correlation of changes in turnout and in share that honest mobilisation may bring "
        "about",
    )
    klimek_redraws: int = quantity(
        9,
        unit="1",
        low=5,
        high=39,
        ge=3,
        note="honest elections to which the fingerprint model is fitted as well",
    )
    audit_orders: int = quantity(
        25, unit="1", low=9, high=201, ge=1, note="random orders of sheets; the median is reported"
    )
    audit_draws: int = quantity(
        200, unit="batches", low=20, high=2000, ge=1, note="draws of a batch comparison"
    )
    eta0: float = quantity(
        0.6,
        unit="1",
        low=0.505,
        high=0.75,
        gt=0.5,
        lt=1,
        source="Stark2023",
        note="ALPHA's first guess",
    )
    eta_draws: float = quantity(
        100.0,
        unit="draws",
        low=10,
        high=1000,
        gt=0,
        source="Stark2023",
        note="how many draws ALPHA's first guess is worth",
    )
