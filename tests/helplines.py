"""Helplines for tests."""

import factory
from factory.django import DjangoModelFactory

from core.models import Helpline
from tests.factories import Makes

BLOCK = ("helpline", {"helpline": None})
"""A block that shows the site's helpline."""


class HelplineFactory(Makes[Helpline], DjangoModelFactory[Helpline]):
    """Open every day; the first one is the site's."""

    class Meta:
        model = Helpline

    number = factory.Sequence(lambda n: f"000-{n // 90 % 90 + 10}-{n % 90 + 10}")
    hours = factory.LazyFunction(lambda: {str(day): {"opens": "08:00", "closes": "20:00"} for day in range(7)})
    languages = factory.LazyFunction(lambda: ["tg", "ru"])
    texts = factory.LazyFunction(lambda: {"en": {"name": "Listening line", "note": "Free of charge."}})
