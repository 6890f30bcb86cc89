"""The view that updates translations from their source. wagtail-localize's own view would publish all draft texts,
for anybody who may submit translations, regardless of locks and reviews."""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail_localize.models import Translation

from core.languages.bidi import embedded
from core.rights import may_publish
from core.typed import Translatable
from translation.access.permissions import may_steer
from translation.localize.views import UpdateTranslationsView
from translation.review.publish import publish_approved
from translation.sync.source import refresh
from translation.units.segments import segments_of, target_of


class UpdateForm(forms.Form):
    """The choice whether approved translations are published after the update."""

    publish_translations = forms.BooleanField(
        label=gettext_lazy("Publish approved translations"),
        required=False,
        help_text=gettext_lazy("Translations go live if all their strings are approved. Others do not change."),
    )


class UpdateTranslations(UpdateTranslationsView):
    """wagtail-localize's view, limited to users who may update all translations, and to publishing approved
    texts."""

    def get_form(self) -> UpdateForm:
        return UpdateForm(self.request.POST if self.request.method == "POST" else None)

    def form_valid(self, form: UpdateForm) -> HttpResponse:
        pairs = list(self.pairs())
        publishes = form.cleaned_data["publish_translations"]
        user = self.request.user
        if not all(may_steer(user, target) for _translation, target in pairs):
            raise PermissionDenied
        if publishes and not all(may_publish(user, target) for _translation, target in pairs):
            raise PermissionDenied
        refresh(self.object)
        self.components.save(
            self.object, sources_and_translations={self.object: [translation for translation, _target in pairs]}
        )
        messages.success(self.request, self.get_success_message())
        for translation, target in pairs if publishes else ():
            self.publish(translation, target)
        return redirect(self.get_success_url() or self.get_default_success_url())

    def pairs(self) -> Iterator[tuple[Translation, Translatable]]:
        """Yield the translations that follow the source (not stopped) and have a target, with their targets."""
        for translation in self.object.translations.filter(enabled=True).select_related("source", "target_locale"):
            if target := target_of(translation):
                yield translation, target

    def publish(self, translation: Translation, target: Translatable) -> None:
        """Publish the approved revision of a translation, or show an error why it is not published. Raise
        PermissionDenied if the user may not publish it."""
        try:
            check_approved(translation, target)
            publish_approved(target, self.request.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))


def check_approved(translation: Translation, target: Translatable) -> None:
    """Raise ValidationError if the draft text of a unit is missing or not the approved one."""
    if not all(segment.is_approved for segment in segments_of(translation)):
        raise ValidationError(
            _("“%(title)s” in %(language)s was not published: not all strings are approved.")
            % {"title": embedded(target), "language": embedded(translation.target_locale.get_display_name())}
        )
