"""Words for keys: how a story names actors, tracks, people and promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

CAMPS = {
    "incumbent": "the incumbent",
    "opposition": "the opposition",
    "other": "another candidate",
    "interim": "an interim government",
    "none": "nobody",
}
MEASURES = {
    "bar_candidate": "the barring of a candidate",
    "postpone": "the postponement of the vote",
    "arrests": "arrests of campaign staff",
    "block_accreditation": "obstacles to the accreditation of witnesses",
    "withdraw_invitations": "the withdrawal of the invitations of observers",
    "expulsion": "the exclusion of witnesses",
    "transmission_stop": "a stop of transmission",
}
OCCASIONS = {
    "substitute_refused": "the refusal of a substitute",
    "contest": "the contested announcement",
    "boycott": "the boycotted vote",
    "detention": "the detention of a leader or candidate",
    "relief_withdrawn": "the withdrawal of all relief",
    "bar_candidate": "the barring of a candidate",
    "postpone": "the postponed vote",
    "withdraw_invitations": "the withdrawn invitations of observers",
}


class Names:
    """Turns the keys of a case into words. Unknown keys are spelt out: `oil_firms`, oil firms.

    known: key -> name of the members of the cast. A word in capitals in one of these names is
    written so in every key: "the UN panel" makes "UN" of `un`.
    """

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(known or {})
        words = (word for name in self._known.values() for word in name.split())
        self._capitals = {w.lower(): w for w in words if w.isupper() and len(w) > 1}

    def words(self, key: str) -> str:
        """Return "US observers" of "us_observers"."""
        return " ".join(self._capitals.get(word, word) for word in key.replace("_", " ").split(" "))

    def track(self, key: str) -> str:
        """Return "government-US" of "government_us"."""
        return self.words(key).replace(" ", "-")

    def camp(self, key: str) -> str:
        """Return "the incumbent" of "incumbent", "nobody" of "none"."""
        return CAMPS.get(key, self.words(key))

    def person(self, key: str) -> str:
        """Return "Martinez" of "martinez"."""
        return self.words(key).title()

    def voice(self, key: str) -> str:
        """Return "the US" of "us", "Martinez" of "martinez"."""
        return self._known.get(key) or self.person(key)

    def promise(self, key: str) -> str:
        """Return "government-US 1: energy relief, part 2" of "government_us/1/energy_relief/2"."""
        track, number, issue, part = key.split("/")
        said = f"{self.track(track)} {number}: {self.words(issue)}"
        return said + (f", part {part}" if part != "0" else "")

    def occasion(self, key: str) -> str:
        """Return what a threat or a breach is about: a promise, or the key in words."""
        if key.count("/") == 3:
            return f"a promise ({self.promise(key)})"
        kind, _, number = key.partition("/")
        again = f" (number {number})" if number.isdigit() else ""
        return f"{OCCASIONS.get(kind) or self.words(kind)}{again}"

    def measure(self, key: str) -> str:
        """Return a measure of the incumbent in words."""
        return MEASURES.get(key) or self.words(key)

    def licence(self, key: str) -> str:
        """Return "licence GL41" of "GL41", "licences (specific)" of "specific"."""
        return f"licences ({self.words(key)})" if key.islower() else f"licence {key}"


def counted(number: int, what: str) -> str:
    """Return "1 protest", "2,000 protests", "no deaths"."""
    return f"{f'{number:,}' if number else 'no'} {what}{'' if number == 1 else 's'}"


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def percent(share: float) -> str:
    """Return "12.5 %" of .125."""
    return f"{100 * share:.1f} %"


def points(lead: float) -> str:
    """Return "the challenger by 3.0 points" of a lead of .03 (challenger minus incumbent)."""
    side = "the challenger" if lead > 0 else "the incumbent"
    return f"{side} by {abs(100 * lead):.1f} points"


def incumbent_by(lead: float) -> str:
    """Return "the incumbent behind by 3.0 points" of a lead of .03 (strongest rival minus
    incumbent).
    """
    return f"the incumbent {'behind' if lead > 0 else 'ahead'} by {abs(100 * lead):.1f} points"


def category(name: str) -> str:
    """Return "ballot stuffing" of "BallotStuffing"."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
