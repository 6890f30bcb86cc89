from uuid import UUID

from django.db.models import Model, QuerySet

from campaigns import kinds
from campaigns.drawing import people, speaker_words
from campaigns.models import Person
from core.languages.site_languages import LocaleCodes
from core.visibility import live_pieces
from home.api.answers import uuid_of
from home.api.records import PieceRecords


class Quotes(PieceRecords):
    name, kind = "quotes", kinds.QUOTES
    filters = ("campaign", "speaker")

    def by_speaker(self, rows: QuerySet, value: str) -> QuerySet:
        known = live_pieces(Person.objects.filter(translation_key=uuid_of(value)))
        return rows.filter(speaker__translation_key__in=known.order_by().values("translation_key"))

    def prepare(self, found: dict[UUID, Model]) -> None:
        super().prepare(found)
        self.people = people(found.values(), self.code)

    def record(self, row: Model, detail: bool) -> dict:
        return {
            **super().record(row, detail),
            "text": row.text,
            "original_language": row.original_language,
            "speaker": self.speaker(row),
            "role": row.role,
            "date": row.date,
            **self.ties(row),
        }

    def speaker(self, row: Model) -> dict | None:
        person = self.people.get(row.speaker_key)
        if person is None:
            return None
        return {
            "id": str(person.translation_key),
            "locale": LocaleCodes.code(person.locale_id),
            "name": speaker_words(person).text,
        }


class Takeaways(PieceRecords):
    name, kind = "takeaways", kinds.TAKEAWAYS

    def record(self, row: Model, detail: bool) -> dict:
        own = {"statement": row.statement, "detail": row.detail}
        return {**super().record(row, detail), **own, **self.ties(row)}


class KeyFigures(PieceRecords):
    name, kind = "key-figures", kinds.KEY_FIGURES

    def record(self, row: Model, detail: bool) -> dict:
        names = ("value", "unit", "label", "year", "source", "source_url")
        return {**super().record(row, detail), **{name: getattr(row, name) for name in names}, **self.ties(row)}
