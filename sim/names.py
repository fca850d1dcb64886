"""Words for keys: how a story names actors, tracks, people and promises."""

from __future__ import annotations

ABBREVIATIONS = {"us": "US", "eu": "EU", "un": "UN"}
CAMPS = {"incumbent": "the incumbent", "opposition": "the opposition", "none": "nobody"}
BLOCKS = {
    "us": "the US",
    "eu": "the EU",
    "allies": "allies abroad",
    "region_left": "the left of the region",
    "region_right": "the right of the region",
}


OCCASIONS = {
    "contest": "the contested announcement",
    "boycott": "the boycotted vote",
    "detention": "the detention of a candidate",
    "relief_withdrawn": "the withdrawal of all relief",
}


class Names:
    """Turns the keys of a case into words. Unknown keys are spelt out: `oil_firms`, oil firms."""

    def words(self, key: str) -> str:
        """Return "US observers" of "us_observers"."""
        return " ".join(ABBREVIATIONS.get(word, word) for word in key.replace("_", " ").split(" "))

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
        return BLOCKS.get(key) or self.person(key)

    def promise(self, key: str) -> str:
        """Return "government-US 1: energy relief, part 2" of "government_us/1/energy_relief/2"."""
        track, number, issue, part = key.split("/")
        said = f"{self.track(track)} {number}: {self.words(issue)}"
        return said + (f", part {part}" if part != "0" else "")

    def occasion(self, key: str) -> str:
        """Return what a threat or a breach is about: a promise, or the key in words."""
        if key.count("/") == 3:
            return f"a promise ({self.promise(key)})"
        return OCCASIONS.get(key) or self.words(key).replace("/", " ")


def percent(share: float) -> str:
    """Return "12.5 %" of .125."""
    return f"{100 * share:.1f} %"


def points(lead: float) -> str:
    """Return "the challenger by 3.0 points" of a lead of .03 (challenger minus incumbent)."""
    side = "the challenger" if lead > 0 else "the incumbent"
    return f"{side} by {abs(100 * lead):.1f} points"


def category(name: str) -> str:
    """Return "ballot stuffing" of "BallotStuffing"."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
