"""All kinds of facts, by the word that stands in `kind`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sim.scenario.facts.ballot import BallotFact, PledgeFact, StandingFact
from sim.scenario.facts.base import Fact
from sim.scenario.facts.breach import BreachFact
from sim.scenario.facts.context import ContextFact
from sim.scenario.facts.instrument import InstrumentFact
from sim.scenario.facts.observer import ObserverFact
from sim.scenario.facts.poll import PollFact
from sim.scenario.facts.rule import RuleFact
from sim.scenario.facts.talks import TalksFact

FACT_KINDS: Mapping[str, type[Fact]] = MappingProxyType(
    {
        "rule": RuleFact,
        "ballot": BallotFact,
        "standing": StandingFact,
        "pledge": PledgeFact,
        "instrument": InstrumentFact,
        "talks": TalksFact,
        "breach": BreachFact,
        "observer": ObserverFact,
        "poll": PollFact,
        "context": ContextFact,
    }
)
