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
}
TEXTS = ("ink", "ink2", "ink3", "opposition", "incumbent-text", "interim-text")
"""Colours that words may have; the marks of incumbent, interim and nobody are for marks alone."""
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
