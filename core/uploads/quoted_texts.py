"""The checkbox for the statement that nobody private is quoted, in the forms of images and documents."""

from hashlib import sha256

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from core.media.live_files import beyond_rights, quoted_errors
from core.quotations.checks import unsettled_in
from core.quotations.statements import state
from core.typed import FormMixin, Translatable

FIELD = "nobody_quoted"


class QuotedTextsForm(FormMixin):
    """A form mixin for files. List it before Wagtail's form class. `live_users` are the live objects that show the
    file."""

    user: User | None
    live_users: list[Translatable]
    stated: tuple[tuple[Translatable, str], ...] = ()
    """Pairs of an object and the digest of a passage, for which `save_statements` stores a statement."""

    def quoted_errors(self, texts: dict[str, str]) -> list[tuple[str, str]]:
        """Return pairs of a text's name and an error for each of the named texts in which somebody is quoted.

        If the user may publish all objects that show the file, and all of them can have statements, the form gets
        a checkbox for the statement that nobody private is quoted. If it was ticked for just these passages,
        return no errors; `save_statements` then stores the statements.
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
        """Store the statements that the user has made with the checkbox."""
        for source, digest in self.stated:
            state(source, digest, self.user)
