"""The colours of pages and charts: one meaning each, in a light and a dark version.

A drawing uses the light colours; the page's style sheet puts the dark ones in their place, since a
style rule is stronger than an attribute of a drawing.
"""

from __future__ import annotations

LIGHT = {
    "page": "#fdfcf9",
    "ink": "#1c1b19",
    "ink2": "#53514b",
    "ink3": "#6b6860",
    "rule": "#cfcabd",
    "grid": "#e7e3d8",
    "assume": "#e7e0cf",
    "edge": "#7f7766",
    "opposition": "#174f8f",
    "opposition-tint": "#b0c9e4",
    "incumbent": "#d8702c",
    "incumbent-text": "#a2440e",
    "incumbent-tint": "#f8dcc6",
    "interim": "#b8608f",
    "interim-text": "#8f3c69",
    "interim-tint": "#ecd3e0",
    "nobody": "#7d7a72",
    "nobody-tint": "#dad7cf",
    "opposition-tint-1": "#d8e4f1",
    "opposition-tint-3": "#7fa3cc",
    "on-opposition": "#fefefd",
    "incumbent-tint-1": "#fbeadd",
    "incumbent-tint-3": "#e9a878",
    "on-incumbent": "#1c1b18",
    "green-0": "#eef3ee",
    "green-1": "#cfe0d5",
    "green-2": "#9cc2ac",
    "green-3": "#5f9a80",
    "green-4": "#2a6a53",
    "on-green-3": "#1c1b1a",
    "on-green-4": "#fefefe",
}
DARK = {
    "page": "#161614",
    "ink": "#efece4",
    "ink2": "#bdb9ae",
    "ink3": "#9c988c",
    "rule": "#45433d",
    "grid": "#2c2b27",
    "assume": "#3d392e",
    "edge": "#948c77",
    "opposition": "#6ea7e4",
    "opposition-tint": "#233f5e",
    "incumbent": "#ef8848",
    "incumbent-text": "#f39a62",
    "incumbent-tint": "#59331a",
    "interim": "#d98ab4",
    "interim-text": "#e3a3c5",
    "interim-tint": "#4f2c40",
    "nobody": "#8d897e",
    "nobody-tint": "#393732",
    "opposition-tint-1": "#1b2c40",
    "opposition-tint-3": "#3a6594",
    "on-opposition": "#161614",
    "incumbent-tint-1": "#3a2413",
    "incumbent-tint-3": "#8a4c22",
    "on-incumbent": "#161614",
    "green-0": "#20261f",
    "green-1": "#274237",
    "green-2": "#2f6450",
    "green-3": "#4f9478",
    "green-4": "#93cdb3",
    "on-green-3": "#161614",
    "on-green-4": "#161614",
}
TEXTS = ("ink", "ink2", "ink3", "opposition", "incumbent-text", "interim-text")
"""Colours that words may have; the marks of incumbent, interim and nobody are for marks alone."""
GREENS = tuple(f"green-{step}" for step in range(5))
"""The one scale of magnitudes, little to much."""
ON = {"green-3": "on-green-3", "green-4": "on-green-4"} | {
    who: f"on-{who}" for who in ("opposition", "incumbent")
}
"""Grounds on which words have a colour of their own; on every other they are ink."""
FONT = (
    'Inter, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", '
    '"Liberation Sans", Arial, sans-serif'
)


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2), 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def variables(colours: dict[str, str]) -> str:
    """Return the colours as custom properties of a style sheet."""
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


def recolouring() -> str:
    """Return the style rules that give a drawing the page's colours."""
    return "\n".join(
        f'.drawing [{kind}="{value}"] {{ {kind}: var(--{name}) }}'
        for name, value in LIGHT.items()
        for kind in ("fill", "stroke")
    )
