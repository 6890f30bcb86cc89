"""A story with quotes and pictures, and the desk of its Russian translation."""

from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringSegment, Translation

from tests.translating import Newsroom
from tests.typed import Response


@dataclass(frozen=True)
class Desk:
    """The desk as a user sees it."""

    client: Client
    translation: Translation

    @property
    def url(self) -> str:
        key, code = self.translation.source.object_id, self.translation.target_locale.language_code
        return reverse("translation_desk:desk", args=[key, code])

    def get(self, **asked: str) -> BeautifulSoup:
        response = self.client.get(self.url, asked)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    def unit(self, source: str, translation: Translation | None = None) -> "UnitOnDesk":
        translation = translation or self.translation
        segment = translation.source.stringsegment_set.filter(string__data=source).first()
        assert segment is not None
        return UnitOnDesk(self, translation, segment)


@dataclass(frozen=True)
class UnitOnDesk:
    desk: Desk
    translation: Translation
    segment: StringSegment

    @property
    def id(self) -> str:
        return f"s{self.translation.pk}-{self.segment.pk}"

    def on(self, page: BeautifulSoup) -> Tag:
        found = page.find(id=self.id)
        assert isinstance(found, Tag)
        return found

    @property
    def args(self) -> list[int]:
        return [self.translation.pk, self.segment.pk]

    def save(self, text: str, version: str = "", **sent: str) -> Response:
        """As the script does."""
        url = reverse("translation_desk:save", args=self.args)
        return self.desk.client.post(url, {"text": text, "version": version, **sent})


def desk_of(newsroom: Newsroom, translation: Translation, code: str = "ru") -> Desk:
    return Desk(newsroom.as_(newsroom.translators[code]), translation)


def sources_on(page: BeautifulSoup) -> list[str]:
    """The source texts, from top to bottom."""
    return [str(each["data-source"]) for each in page.select("[data-source]")]
