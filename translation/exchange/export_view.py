"""Admin view that exports translations as files."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from campaigns.models import CampaignPage, EditionPage
from core.typed import AdminRequest, AnyFormView
from translation.access.visible import visible
from translation.exchange.archive import packed
from translation.exchange.formats import with_strings, written
from translation.exchange.names import names_of
from translation.exchange.records import Format, OutFile
from translation.exchange.scope import Asked, asked_for, exportable, titles, with_members
from translation.exchange.strings import files_of
from translation.exchange.wording import NOTHING_TO_EXPORT, NOTHING_TRANSLATED
from translation.exchange.words import may_import
from translation.named_view import NamedView

MOST_NAMED = 3


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=Format.choices, initial=Format.XLIFF, widget=forms.RadioSelect
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple, choices=()
    )

    open_only = forms.BooleanField(
        label=gettext_lazy("Only what needs work"),
        help_text=gettext_lazy(
            "Untranslated and unconfirmed strings, and those whose source has changed. In XLIFF, untranslated "
            "strings have the source as their text, as OmegaT needs it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, languages: dict[str, str], **kwargs: Any):
        """Offer `languages`, which are names by code, and preselect all of them."""
        super().__init__(*args, **kwargs)
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(languages.items())
        field.initial = list(languages)


class ExportView(NamedView, AnyFormView):
    """View that exports the objects named in its parameters as a ZIP file. If there are none that the user may
    see, it offers campaigns and editions."""

    request: AdminRequest
    form_class = ExportForm
    header_icon = "download"
    template_name = "admin/translation/exchange/export.html"

    def get_page_title(self) -> str:
        return _("Export for translators")

    def get_page_subtitle(self) -> str:
        """Return the titles of the chosen objects, at most MOST_NAMED, with the languages of the translations that
        the user may export; empty if none is chosen."""
        known = list(self.chosen.values())
        if not known:
            return ""
        named = ", ".join(known[:MOST_NAMED]) + (" …" if len(known) > MOST_NAMED else "")
        languages = dict.fromkeys(each.target_locale.get_display_name() for each in self.translations)
        return f"{named} ({', '.join(languages)})" if languages else named

    @cached_property
    def asked(self) -> dict[UUID, Asked]:
        """The objects that the request names, whether or not the user may see them."""
        return asked_for(self.request.POST if self.request.method == "POST" else self.request.GET)

    @cached_property
    def chosen(self) -> dict[UUID, str]:
        """The titles, by translation key, of the objects asked for that the user may see or export."""
        return titles(self.asked, self.translations, self.request.user)

    @cached_property
    def members(self) -> bool:
        """Whether the request asks to export the members of campaigns and all related objects as well."""
        return bool((self.request.POST if self.request.method == "POST" else self.request.GET).get("members"))

    @cached_property
    def translations(self) -> list[Translation]:
        """The translations of the objects asked for that the user may export, with `members` also of what belongs
        to them; on POST only in the chosen languages, or in all if none is chosen and the form is shown again."""
        keys = with_members(self.asked) if self.members else set(self.asked)
        return exportable(self.request.user, keys, self.request.POST.getlist("languages") or None)

    def get_form_kwargs(self) -> dict[str, Any]:
        languages = {
            each.target_locale.language_code: each.target_locale.get_display_name() for each in self.translations
        }
        return {**super().get_form_kwargs(), "languages": languages}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check_rights()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check_rights()
        return super().post(request, *args, **kwargs)

    def check_rights(self) -> None:
        """Raise PermissionDenied if there are translations of the chosen objects and the user may export none of
        them. Superusers may, and objects without translations are no matter of permissions."""
        if self.chosen and not self.translations and not self.request.user.is_superuser:
            keys = set(self.chosen)
            if Translation.objects.filter(source__object_id__in=keys, enabled=True).exists():
                raise PermissionDenied

    def form_valid(self, form: ExportForm) -> HttpResponse:
        wanted = set(form.cleaned_data["languages"])
        format = form.cleaned_data["format"]
        translations = [each for each in self.translations if each.target_locale.language_code in wanted]
        known = files_of(translations, form.cleaned_data["open_only"])
        files = with_strings(known, format)
        if not files:
            if not known:
                form.add_error("open_only", _("Nothing needs work: all strings are translated."))
            else:
                form.add_error("format", NOTHING_TRANSLATED if format == Format.TMX else NOTHING_TO_EXPORT)
            return self.form_invalid(form)
        self.tell_what_is_missing(translations, wanted)
        own = [each for each in translations if each.source.object_id in self.chosen]
        about = next(iter(names_of(own).values()), "") if len(self.chosen) == 1 else ""
        return as_download(files, format, about)

    def tell_what_is_missing(self, translations: list[Translation], wanted: set[str]) -> None:
        """Add a warning with the number of translations that are missing in `translations`: of all objects to
        export, in all `wanted` languages. Add nothing if none is missing."""
        keys = {each.source.object_id for each in self.translations}
        missing = len(keys) * len(wanted) - len(translations)
        if missing > 0:
            message = ngettext(
                "One translation is not in the file because it has not been sent for translation yet.",
                "%(count)d translations are not in the file because they have not been sent for translation yet.",
                missing,
            )
            messages.warning(self.request, message % {"count": missing})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "chosen": self.chosen,
            "count": len({each.source_id for each in self.translations}),
            "sent": bool(self.translations),
            "hidden": self.hidden(),
            "offered": None if self.chosen else self.offered(),
            "may_import": may_import(self.request.user),
        }

    def hidden(self) -> list[tuple[str, str]]:
        """Return names and values of the form's hidden fields, which repeat the request's parameters."""
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        return [(name, value) for name in ("page", "object", "members") for value in data.getlist(name)]

    def offered(self) -> list[Page]:
        """Return the campaigns and editions that were ever sent for translation and that the user may see, each
        once, in the language in which it was created first, in the order of the tree."""
        sent = TranslationSource.objects.values("object_id")
        pages = Page.objects.type(CampaignPage, EditionPage).filter(translation_key__in=sent)
        pages = visible(pages, self.request.user)
        originals: dict[UUID, Page] = {}
        for page in pages.order_by("pk").only("title", "translation_key", "depth", "path"):
            originals.setdefault(page.translation_key, page)
        return sorted(originals.values(), key=lambda page: page.path)


def as_download(files: list[OutFile], format: str, about: str = "") -> HttpResponse:
    """Return a response with the files in a ZIP file, which is named by what it is about and the day."""
    content = packed(files, [written(file, format) for file in files], format)
    name = "-".join(filter(None, ["translations", about, timezone.localdate().isoformat()]))
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"'},
    )
