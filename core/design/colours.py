"""The site's background and accent colours. Run as a module this prints the end of static/css/site.css."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAPER = {"light": "#fdfbf7", "dark": "#171412"}
WASH_SHARE = {"light": 0.08, "dark": 0.16}


@dataclass(frozen=True)
class Accent:
    """An accent colour. `light` and `dark` are the colours of text and solid areas in these colour schemes;
    `cloth` are the four dyes of its adras pattern."""

    name: str
    label: str | Promise
    light: str
    dark: str
    cloth: tuple[str, str, str, str]

    def value(self, scheme: str) -> str:
        return self.light if scheme == "light" else self.dark

    def wash(self, scheme: str) -> str:
        """Return the pale tint of the accent that is used for areas, in the colour scheme "light" or "dark"."""
        return mix(self.value(scheme), PAPER[scheme], WASH_SHARE[scheme])


_ACCENTS = (
    Accent("crimson", _("Crimson"), "#a81c35", "#ff93a0", ("#f4e9d8", "#b3203a", "#26294f", "#e9a93a")),
    Accent("indigo", _("Indigo"), "#31408f", "#aebaff", ("#f1e8da", "#2f3e92", "#151a3d", "#d9593f")),
    Accent("cobalt", _("Cobalt blue"), "#0d5299", "#8cc1ff", ("#f3ead9", "#1763b3", "#122a4f", "#f0b23e")),
    Accent("teal", _("Teal"), "#0a6064", "#66d3cd", ("#f2ead6", "#11777a", "#0d3141", "#e2673d")),
    Accent("pine", _("Pine green"), "#23633a", "#86d6a0", ("#f3ecd2", "#2b7a48", "#15352a", "#d8433f")),
    Accent("saffron", _("Saffron"), "#86510a", "#f3bb52", ("#fbefcf", "#dd9a1f", "#5a1f3a", "#b3283a")),
    Accent("walnut", _("Walnut"), "#72401f", "#e3b48d", ("#f3e6cf", "#8a5026", "#2c211c", "#2f6f78")),
    Accent("pomegranate", _("Pomegranate"), "#8f1f52", "#f79bc0", ("#f6e6d6", "#a12560", "#3a1538", "#e58f2d")),
    Accent("iris", _("Iris violet"), "#5c3390", "#cdb0fa", ("#f2e8dc", "#6a3fa3", "#261a45", "#e3a53b")),
)
ACCENTS: dict[str, Accent] = {accent.name: accent for accent in _ACCENTS}
ACCENT_CHOICES = tuple((accent.name, accent.label) for accent in _ACCENTS)
DEFAULT_ACCENT = "indigo"


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of a colour such as "#a81c35"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """Return a mix of two colours, such as "#a81c35", with the given share (0 to 1) of `colour`; the rest is
    `other`."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def accents_css() -> str:
    """Return the end of static/css/site.css."""

    def rules(scheme: str) -> str:
        return "\n".join(
            f".accent-{a.name} {{ --accent: {a.value(scheme)}; --wash: {a.wash(scheme)} }}" for a in _ACCENTS
        )

    dark = rules("dark").replace("\n", "\n  ")
    return (
        "/* Printed by `python -m core.design.colours`; a test keeps it in step. */\n"
        f"@layer accents {{\n{rules('light')}\n@media (prefers-color-scheme: dark) {{\n  {dark}\n}}\n}}\n"
    )


if __name__ == "__main__":
    sys.stdout.write(accents_css())
