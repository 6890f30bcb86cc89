"""What is translated on the same screen as an object: the quotes, takeaways, key figures and commitments that it
shows, the people in them, and the images."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext
from wagtail_localize.models import Translation

from campaigns.kinds import BY_MODEL
from core.typed import Translatable
from translation.campaign_contents import belonging as campaign_contents


@dataclass(frozen=True)
class Belonging:
    """An object that is translated on the screen of another. `notes` say what a translator has to know of it: who
    speaks, in which role, in which story."""

    translation: Translation
    instance: Translatable
    kind: str
    notes: tuple[tuple[str, str], ...]


def belonging_to(translation: Translation, known: Iterable[Translation]) -> list[Belonging]:
    """Return the objects that belong to the source of a translation and are translated into its language, as
    they are submitted together. `known` are their translations."""
    return [
        Belonging(each, source, str(source._meta.verbose_name), tuple(_notes(source)))
        for each, source in campaign_contents.belonging_to(translation, known)
    ]


def model_of(translation: Translation) -> type[Translatable]:
    """Return the model of the objects that a translation is about."""
    kind: Any = ContentType.objects.get_for_id(translation.source.specific_content_type_id)
    model: type[Translatable] = kind.model_class()
    return model


def _notes(row: Any) -> Iterator[tuple[str, str]]:
    """Yield label and text of what a translator has to know of an object."""
    kind = BY_MODEL.get(type(row))
    if kind is None:
        yield gettext("Name"), str(row)
        if role := getattr(row, "role", ""):
            yield gettext("Role"), role
        return
    person = getattr(row, kind.people_field) if kind.people_field else None
    if person:
        yield gettext("Speaker"), str(person)
    role = getattr(row, "role", "") or (person.role if person else "")
    if role:
        yield gettext("Role"), role
    if getattr(row, "who_speaks", ""):
        yield gettext("Kind of speaker"), str(row.get_who_speaks_display())
    if story := getattr(row, kind.story_field):
        yield gettext("Story"), str(story.title)
