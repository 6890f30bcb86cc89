"""What the tests of stopped translations share."""

from django.urls import reverse

from tests.translating import Newsroom, translation_into
from tests.typed import Response
from translation.units.segments import target_of

APPROVED, UNREAD = "Our work [ru]", "English where Russian stood"


def stopped(newsroom: Newsroom, source) -> None:
    (translation,) = newsroom.bring_live(source, "ru")
    stop(newsroom, source)
    translation.refresh_from_db()
    assert not translation.enabled


def stop(newsroom: Newsroom, source, user=None) -> Response:
    url = reverse("wagtail_localize:stop_translation", args=[translation_into(source, "ru").pk])
    return newsroom.as_(user or newsroom.publisher).post(url)


def russian(source):
    return target_of(translation_into(source, "ru"))


def drafted(source, user, title: str = UNREAD, **values):
    target = russian(source)
    for name, value in {"title": title, **values}.items():
        setattr(target, name, value)
    return target.save_revision(user=user)
