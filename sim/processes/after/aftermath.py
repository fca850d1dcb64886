"""What follows the announcement: contest, concession, sheets, court, streets, recognition,
sanctions, office.

Office-holders and hazards live in processes/succession.py; "+n" counts from poll_day.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import Any

import simpy

from sim.models.numbers.kalman import normal_cdf
from sim.processes.after import daily, public, streets, succession
from sim.processes.before.licence_book import amend, designate
from sim.processes.before.occasions import CONTEST, lame_duck
from sim.processes.dated import by_day, in_office, until
from sim.processes.moments import horizon, inauguration
from sim.processes.world import World, believed_lead, decide, record, until_poll, wait_for
from sim.records.decisions.view import (
    AbroadView,
    AcceptanceView,
    CertifyView,
    ContestView,
    OutrageView,
    PublicationView,
    View,
)
from sim.records.events import (
    ConditionsCriticised,
    CourtAnnulled,
    CourtPetitioned,
    CourtRuled,
    MissionStatement,
    OfficeTaken,
    Recognised,
    RecognitionIndex,
    RecognitionWithheld,
    RepressionLevel,
    ResultAnnounced,
    ResultAnnulled,
    ResultConceded,
    ResultContested,
    SheetsPublished,
    TablesPublished,
    TargetConceded,
)
from sim.records.parameters.cast import abroad, observers_of
from sim.records.who import stream_of

AFTERMATH = "strategy/aftermath/{decision}"
DAY = "strategy/aftermath/{decision}/day"
ANNUL = "strategy/court/annul"


def start(world: World) -> None:
    """Wait for an announcement and for the dates of the sanction reviews; start streets and
    succession.
    """
    world.env.process(_wait(world))
    succession.start(world)
    for number, offset in enumerate(world.p.aftermath.abroad.review_days):
        for sender in world.who.senders[:1]:
            world.env.process(_review(world, sender, number, offset))


def _wait(world: World) -> Generator[simpy.Event, Any, None]:
    yield wait_for(world, ResultAnnounced, ResultAnnulled)
    public.begin(world)
    contest(world)
    answer_at_once(world)
    schedule(world)


def on(
    world: World, day: float, do: Callable[[World], None], hours: Callable[..., float] = by_day
) -> None:
    """Do something on a day and in its hours, soon if it has passed, never at or after the
    horizon.
    """
    when = hours(world, max(day, world.env.now))
    if when < horizon(world):
        world.env.process(_later(world, max(when - world.env.now, 0.0), do))


def _later(
    world: World, wait: float, do: Callable[[World], None]
) -> Generator[simpy.Event, Any, None]:
    yield world.env.timeout(wait)
    do(world)


def announced_winner(world: World) -> str:
    """Return the announced winner, "none" after an annulment."""
    signal, announced = world.aftermath.signal, world.aftermath.announcement
    void = announced is None or (signal is not None and signal.annulled)
    return "none" if void or announced is None else announced.winner


def contest(world: World) -> None:
    """Ask the challenger whether it contests, on copies held, scanned or not; one that is not in
    the round that decides has nothing to contest.
    """
    if out_of_it(world):
        return
    mean, sd = believed_lead(world, world.who.challenger)
    winner = announced_winner(world)
    view = ContestView(
        "contest",
        world.env.now,
        pi=normal_cdf(mean / sd) if sd > 0 else float(mean > 0),
        copies_share=world.electorate.copies_expected_share(),
        copies_lead=world.electorate.copies_lead(world.env.now, own=winner == "other"),
        announced_winner=winner,
        boycott=world.conduct.boycott,
    )
    if (
        decide(world, world.who.challenger, view, AFTERMATH.format(decision="contest")).option
        == "yes"
    ):
        world.aftermath.contested = True
        record(world, ResultContested(world.env.now, world.who.challenger))


def out_of_it(world: World) -> bool:
    """Return whether the challenger's candidate is not among the two of a second round."""
    return bool(world.contest.roles) and "opposition" not in world.contest.roles


def answer_at_once(world: World) -> None:
    """Let minor candidates, allies and, where nobody contests, the region recognise; decide
    mobilisation and repression.
    """
    if world.aftermath.announcement is not None:
        minors_recognise(world)
        for key in world.who.allies:
            recognise(world, key)
        if not world.aftermath.contested:
            for key in (*world.who.patient, *calls_itself(world)):
                recognise(world, key)


def schedule(world: World) -> None:
    """Put what comes later on its day."""
    rules, poll = world.p.aftermath, world.conduct.poll_day
    if world.aftermath.announcement is not None:
        for key in world.who.guarded:
            on(world, day_by_limit(world, key), partial(recognise, block=key))
    if not world.aftermath.contested:
        on(world, poll + rules.platform.concede_days, concede)
        return
    repression(world)
    begin_streets(world)
    u = float(world.streams(DAY.format(decision="publish_sheets")).random())
    between = rules.platform.publish_until_days - rules.platform.publish_from_days
    at = poll + rules.platform.publish_from_days + u * between
    on(world, at, publish_sheets, hours=lambda _, day: day)  # a page on the web has no hours
    if world.who.court:
        for side in (world.who.incumbent, world.who.challenger):
            on(world, day_of_petition(world, side), partial(petition, side=side), in_office)
    for key in world.who.critical:
        do = recognise if key in calls_itself(world) else call_winner
        on(world, day_by_limit(world, key), partial(do, block=key))
    for key in world.who.patient:
        on(world, poll + rules.early_days, partial(ask_for_tables, block=key))
        on(world, day_by_limit(world, key), partial(recognise, block=key))


def calls_itself(world: World) -> tuple[str, ...]:
    """Return the critical members that do not sanction: they recognise somebody in any case."""
    return tuple(key for key in world.who.critical if key not in world.who.senders)


def day_by_limit(world: World, decision: str) -> float:
    """Return the uniform day of what happens "by +30"."""
    rules = world.p.aftermath
    u = float(world.streams(DAY.format(decision=decision)).random())
    return world.conduct.poll_day + rules.early_days + u * (rules.limit_days - rules.early_days)


def scanned(world: World) -> float:
    """Return E of the aftermath: copies digitised by poll_day + early_days, over tables closed."""
    return world.electorate.copies_scanned_share(
        world.conduct.poll_day + world.p.aftermath.early_days
    )


def concede(world: World) -> None:
    """Concede after a count with tables that somebody else won."""
    lost = announced_winner(world) in {"incumbent", "other"}
    lost = lost and world.aftermath.night_option == "count"
    silent = world.conduct.boycott or out_of_it(world)
    if not lost or not world.ledger.of(TablesPublished) or silent:
        return
    if (
        decide(
            world,
            world.who.challenger,
            View("concede", world.env.now),
            AFTERMATH.format(decision="concede"),
        ).option
        == "yes"
    ):
        record(world, ResultConceded(world.env.now, world.who.challenger))


def publish_sheets(world: World) -> None:
    """Publish the own copies."""
    view = PublicationView("publish_sheets", world.env.now, copies_share=scanned(world))
    if (
        decide(
            world, world.who.challenger, view, AFTERMATH.format(decision="publish_sheets")
        ).option
        == "yes"
    ):
        world.aftermath.sheets_published = True
        shown = world.electorate.copies_scanned_share(world.env.now)
        record(
            world,
            SheetsPublished(
                world.env.now, shown, world.electorate.copies_lead(world.env.now) or 0.0
            ),
        )


def begin_streets(world: World) -> None:
    """Start the street, the command, the way out by agreement and the candidate's fate."""
    world.aftermath.revenue_before = world.sanctions.revenue_share
    world.env.process(daily.run(world, streets.begin(world)))
    world.env.process(succession.fate(world))


def day_of_petition(world: World, side: str) -> float:
    """Return the uniform day on which a side may go to court."""
    rules = world.p.court
    u = float(world.streams(DAY.format(decision=f"petition/{side}")).random())
    span = rules.petition_until_days - rules.petition_from_days
    return world.conduct.poll_day + rules.petition_from_days + u * span


def open_question(world: World) -> bool:
    """Return whether an announced result is still there to rule on."""
    signal = world.aftermath.signal
    return signal is not None and not signal.annulled and not succession.leaving(world)


def petition(world: World, side: str) -> None:
    """Ask one side whether it brings the result before the court; only the first is heard."""
    if world.ledger.of(CourtPetitioned) or not open_question(world):
        return
    stream = AFTERMATH.format(decision=f"petition/{side}")
    if decide(world, side, View("petition", world.env.now), stream).option == "yes":
        record(world, CourtPetitioned(world.env.now, side))
        heard = world.env.now + world.p.court.hearing_days
        on(world, max(day_by_limit(world, "court"), heard), rule, in_office)


def rule(world: World) -> None:
    """Annul the vote on the challenger's petition, certify the result, or leave it for later."""
    if not open_question(world):
        return
    asked = world.ledger.of(CourtPetitioned)[0].by
    if asked != world.who.incumbent and annulled(world):
        record(world, CourtAnnulled(world.env.now))
        return
    if not certified(world, True):
        first, last = world.env.now, max(inauguration(world), world.env.now)
        u = float(world.streams(DAY.format(decision="court/late")).random())
        on(world, first + u * (last - first), rule_late, in_office)


def annulled(world: World) -> bool:
    """Ask the court whether it annuls the vote."""
    view = View("annul", world.env.now)
    return decide(world, world.who.court, view, ANNUL).option == "yes"


def rule_late(world: World) -> None:
    """Certify after the month, or never."""
    if open_question(world):
        certified(world, False)


def certified(world: World, early: bool) -> bool:
    """Ask the court whether it certifies the announced result."""
    view = CertifyView("certify", world.env.now, early=early)
    stream = AFTERMATH.format(decision="certify" if early else "certify/late")
    yes = decide(world, world.who.court, view, stream).option == "yes"
    if yes:
        record(world, CourtRuled(world.env.now, "certified"))
    return yes


def repression(world: World) -> None:
    """Decide how hard protest is repressed."""
    view = OutrageView("repression", world.env.now, outrage=streets.outrage(world))
    high = (
        decide(world, world.who.incumbent, view, AFTERMATH.format(decision="repression")).option
        == "yes"
    )
    world.aftermath.repression = int(high)
    record(world, RepressionLevel(world.env.now, "high" if high else "low"))


def view_abroad(world: World, decision: str, actor: str) -> AbroadView:
    """Return what others see: published sheets, tables, copies, and their own belief, or where they
    hold none that of the first critical one.
    """
    believers = [key for key in (actor, *world.who.critical) if key in world.beliefs]
    published, signal = world.aftermath.sheets_published, world.aftermath.signal
    return AbroadView(
        decision,
        world.env.now,
        lead_mean=believed_lead(world, believers[0] if believers else actor)[0],
        copies_share=scanned(world),
        copies_lead=world.electorate.copies_lead(world.env.now) if published else None,
        sheets_published=published,
        tables_published=bool(world.ledger.of(TablesPublished)),
        contested=world.aftermath.contested,
        measures=tuple(world.conduct.measures),
        boycott=world.conduct.boycott,
        q_imp=world.sanctions.q_imp,
        belief=0.0 if signal is None else signal.belief,
        verdicts=verdict_mean(world),
        annulled=signal is not None and signal.annulled,
        certified=signal is not None and signal.certified,
    )


def verdict_mean(world: World) -> float:
    """Return the mean statement weighted by credibility, -1 (positive) to 1 (negative); criticism
    of the conditions is a negative one of smaller weight.
    """
    observers = observers_of(world.p.cast)
    said = [
        (observers[event.mission].credibility, 1.0 if event.verdict == "negative" else -1.0)
        for event in world.ledger.of(MissionStatement)
        if event.verdict in ("negative", "positive")
    ]
    criticism = world.ledger.of(ConditionsCriticised)
    share = world.p.observer.conditions
    said += [(share * observers[event.observer].credibility, 1.0) for event in criticism]
    total = sum(weight for weight, _ in said)
    return sum(weight * v for weight, v in said) / total if total > 0 else 0.0


def withhold(world: World, block: str) -> None:
    """Add a member to those who withhold recognition from the incumbent, and note the index."""
    members = abroad(world.p.cast)
    if block not in members or not public.holds(world):
        return
    world.aftermath.withheld.add(block)
    total = sum(member.weight for member in members.values())
    held = sum(member.weight for key, member in members.items() if key in world.aftermath.withheld)
    world.aftermath.recognition = held / total
    record(world, RecognitionIndex(world.env.now, held / total))


def minors_recognise(world: World) -> None:
    """Let each minor candidate on the ballot recognise the announced winner or not."""
    rules = world.p.candidacy
    for key in world.who.minors:
        if world.conduct.statuses.get(key) == "withdrawn":
            continue
        pledged, contested = key in rules.signatories, world.aftermath.contested
        view = AcceptanceView("recognise", world.env.now, pledged=pledged, contested=contested)
        stream = AFTERMATH.format(decision="minor")
        if decide(world, key, view, stream).option == "yes":
            record(world, Recognised(world.env.now, key, announced_winner(world)))


def recognise(world: World, block: str) -> None:
    """Let a block of third states recognise or withhold; after a contest a critical one calls the
    challenger winner. Where somebody else holds the office by now, there is nothing left to say.
    """
    if overtaken(world):
        return
    view = view_abroad(world, "recognise", block)
    challenger = block in world.who.critical and world.aftermath.contested
    whom = "opposition" if challenger else announced_winner(world)
    accepts = decide(world, block, view, AFTERMATH.format(decision=block)).option == "yes"
    if accepts and whom != "none":
        record(world, Recognised(world.env.now, block, whom))
    else:
        record(world, RecognitionWithheld(world.env.now, block))
    if world.aftermath.contested and accepts == challenger:
        withhold(world, block)


def overtaken(world: World) -> bool:
    """Return whether somebody took the office after the announcement who was not announced as
    winner.
    """
    said = (*world.ledger.of(ResultAnnounced), *world.ledger.of(ResultAnnulled))
    taken = [x for x in world.ledger.of(OfficeTaken) if x.day > said[0].day]
    return bool(taken) and taken[-1].holder != announced_winner(world)


def ask_for_tables(world: World, block: str) -> None:
    """Let a patient one ask for results by table; the request stands in the ledger as a
    decision.
    """
    view = view_abroad(world, "ask_for_tables", block)
    stream = stream_of("ask_for_tables", block, world.who.patient)
    decide(world, block, view, AFTERMATH.format(decision=stream))


def call_winner(world: World, block: str) -> None:
    """Let a critical one that sanctions call the challenger the winner."""
    if overtaken(world):
        return
    view = view_abroad(world, "call_winner", block)
    calling = tuple(key for key in world.who.critical if key in world.who.senders)
    stream = AFTERMATH.format(decision=stream_of("call_winner", block, calling))
    if decide(world, block, view, stream).option == "yes":
        record(world, Recognised(world.env.now, block, "opposition"))
        withhold(world, block)
    else:
        record(world, RecognitionWithheld(world.env.now, block))


def _review(
    world: World, sender: str, number: int, offset: float
) -> Generator[simpy.Event, Any, None]:
    """Review sanctions after the vote: new designations, and the licence that can still be
    narrowed. They are the incumbent's sanctions: none on a lame duck, nor on who has conceded.
    """
    yield from until_poll(world, offset)
    yield until(world, in_office(world, world.env.now))
    if lame_duck(world) or any(x.over == CONTEST for x in world.ledger.of(TargetConceded)):
        return
    stream = AFTERMATH.format(decision=f"designate/{number}")
    if decide(world, sender, view_abroad(world, "designate", sender), stream).option == "yes":
        add_designations(world, stream)
    licence = world.sanctions.book.get(world.p.aftermath.abroad.licence)
    if licence is not None and licence.status == "in_force":
        stream = AFTERMATH.format(decision=f"narrow_licence/{number}")
        view = view_abroad(world, "narrow_licence", sender)
        if decide(world, sender, view, stream, target=licence.key).option == "yes":
            amend(world, licence.key, licence.value * world.p.aftermath.abroad.narrow_value_factor)


def add_designations(world: World, stream: str) -> None:
    """Add one batch of names."""
    rules = world.p.sanctions
    u = float(world.streams(stream).random(2)[1])
    span = rules.designations_high - rules.designations_low + 1
    designate(world, rules.designations_low + min(int(u * span), span - 1))
