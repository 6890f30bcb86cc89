"""The language that a request is about. Django and wagtail-localize ask for rights on a whole model. Where the
guard has determined the language of the object concerned, such a right is granted for the time of the request."""

from django.contrib.auth.models import AnonymousUser, User

_NAME = "_language_of_request"


def speak(user: User, locale_id: int) -> None:
    """Let this request's permission checks on snippet models pass for the language `locale_id`, into which the
    caller has checked that the user may translate. Stored on the request's `user` instance."""
    setattr(user, _NAME, locale_id)


def spoken(user: User | AnonymousUser) -> int | None:
    """Return the id of the language that `speak` has stored, or None."""
    return getattr(user, _NAME, None)
