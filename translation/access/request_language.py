"""The language that a request is about. Django and wagtail-localize ask for rights on a whole model; where the
guard has found out the language of the one object in question, the answer can be for that language."""

from django.contrib.auth.models import User

_NAME = "_language_of_request"


def speak(user: User, locale_id: int) -> None:
    """`user` is the request's own and forgotten with it. The caller has asked for the right already."""
    setattr(user, _NAME, locale_id)


def spoken(user: User) -> int | None:
    return getattr(user, _NAME, None)
