"""The statement that nobody private is quoted, in the forms of images and documents that readers see."""

from hashlib import sha256

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from core.publishing.live_files import beyond_rights, quoted_errors
from core.quotations.checks import unsettled_in
from core.quotations.statements import state
from core.typed import FormMixin, Translatable

FIELD = "nobody_quoted"


class QuotedTextsForm(FormMixin):
    """Before Wagtail's own form class. `live_users` is what readers see the file in."""

    user: User | None
    live_users: list[Translatable]
    stated: tuple[tuple[Translatable, str], ...] = ()
    """Objects and digests of passages, for `save_statements`."""

    def quoted_errors(self, texts: dict[str, str]) -> list[tuple[str, str]]:
        """Return the names of those texts in which somebody is quoted, each with what to do.

        With the first errors the form gets a checkbox by which whoever may publish all that shows the file states
        that nobody private is quoted. It is asked again when the passages change.
        """
        errors = list(quoted_errors(self.instance, texts, self.live_users))
        if not errors or beyond_rights(self.user, self.live_users):
            return errors
        passages = {
            (source, each.digest)
            for source in self.live_users
            for text in texts.values()
            for each in unsettled_in(source, text)
        }
        if not all(digest for _source, digest in passages):
            return errors
        key = sha256(" ".join(sorted({digest for _source, digest in passages})).encode()).hexdigest()
        if self.data.get(self.add_prefix(FIELD)) == key:
            self.stated += tuple(passages)
            return []
        self.fields[FIELD] = forms.BooleanField(
            label=_("Nobody private is quoted here"),
            required=False,
            widget=forms.CheckboxInput(attrs={"value": key}, check_test=lambda value: False),
        )
        return errors

    def save_statements(self) -> None:
        for source, digest in self.stated:
            state(source, digest, self.user)
