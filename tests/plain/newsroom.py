"""The same people with the same work, where nobody reviews."""

from collections.abc import Callable

from django.contrib.auth.models import Permission, User
from django.test import Client, TestCase
from django.utils.text import slugify
from wagtail.models import Workflow
from wagtail_localize.models import Translation

from core.typed import Translatable
from home import rights
from tests import factories
from tests.site_tree import SiteTree
from tests.translating import Newsroom
from tests.typed import Response
from translation.models import Review
from translation.units.segments import target_of


class PlainClient(Client):
    """Answers as a server does: wagtail-localize publishes on commit, and an error is a page."""

    def request(self, **request) -> Response:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


class PlainNewsroom(Newsroom):
    def as_(self, user: User) -> Client:
        client = PlainClient(raise_request_exception=False)
        client.force_login(user)
        return client

    def word(self, translation: Translation, wording: Callable[[str], str] | None = None) -> None:
        """A good translator leaves an address as it is."""
        code = translation.target_locale.language_code
        super().word(translation, wording or (lambda text: text if text == slugify(text) else f"{text} [{code}]"))

    def submit(self, translation: Translation) -> None:
        """To the workflow that every page and piece has; the editor of wagtail-localize offers no way to it."""
        target = target_of(translation)
        assert target is not None
        target.save_revision()
        Workflow.objects.get(name=rights.WORKFLOW).start(target, self.editor)

    def decide(  # type: ignore[override]  # There is nothing to answer.
        self, review: Review | None, action: str = "approve", reason: str = "", user=None
    ) -> None:
        """There is no review."""

    def bring_live(self, source: Translatable, *codes: str) -> list[Translation]:
        translations = self.send(source, *codes)
        for translation in translations:
            self.word(translation)
            self.publish(translation)
        return translations


def open_newsroom(site: SiteTree) -> PlainNewsroom:
    """Whoever translates quotes has to have the right to change quotes: there is none for a language."""
    pieces = Permission.objects.filter(
        content_type__app_label="campaigns", codename__in=[f"change_{name}" for name in rights.SNIPPETS]
    )
    translators = {code: factories.UserFactory(groups=[f"Translator {code}"]) for code in ("ru", "tg")}
    for user in translators.values():
        user.user_permissions.set(pieces)
    editor, publisher, reviewer = (factories.UserFactory(is_superuser=True) for _person in range(3))
    return PlainNewsroom(site, editor, publisher, translators, reviewer)
