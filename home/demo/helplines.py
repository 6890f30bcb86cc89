"""The helpline of the demo."""

import tomllib

from core.helplines.hours import WEEK
from core.models import Helpline

from .content import FOLDER


def load_helpline() -> None:
    """Create the demo's helpline, unless the site has any already."""
    if Helpline.objects.exists():
        return
    data = tomllib.loads((FOLDER / "helpline.toml").read_text(encoding="utf-8"))
    Helpline.objects.create(
        number=data["number"],
        time_zone=data["time_zone"],
        hours={day: {"opens": data["opens"], "closes": data["closes"]} for day in WEEK},
        languages=data["languages"],
        texts=data["texts"],
    )
