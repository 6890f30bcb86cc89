"""Screens of the glossary: the list of terms with their form, proposing a translation, files."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Locale

from core.internals.django import URLPattern
from core.internals.wagtail_admin import generic
from core.typed import AdminRequest, AnyFormView
from translation.access.queries import languages_of
from translation.control_characters import without_controls
from translation.glossary import files
from translation.glossary.policy import may_decide, may_propose
from translation.models import Term, TermStatus, TermTranslation
from translation.named_view import NamedView

FORMATS = {"csv": (files.as_csv, "text/csv; charset=utf-8"), "tbx": (files.as_tbx, "application/xml")}
INDEX = "translation_glossary:index"


class ProposalForm(forms.Form):
    """A translation of a term, which may be a new one, in one of the user's languages."""

    term = forms.CharField(label=gettext_lazy("Term in the site's own language"), max_length=120)
    language: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Language"), queryset=Locale.objects.none(), empty_label=None
    )
    text = forms.CharField(label=gettext_lazy("Translation"), max_length=120)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Where the translation is used, or why it is right."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, locales: models.QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ModelChoiceField)
        language.queryset = locales

    def clean(self) -> dict[str, Any]:
        cleaned = {
            name: without_controls(value).strip() if isinstance(value, str) else value
            for name, value in (super().clean() or {}).items()
        }
        same = TermTranslation.objects.filter(
            term__text__iexact=cleaned.get("term", ""),
            locale=cleaned.get("language"),
            text__iexact=cleaned.get("text", ""),
        )
        if known := same.first():
            raise ValidationError(_("It is in the glossary: %(status)s.") % {"status": known.get_status_display()})
        return cleaned

    @transaction.atomic
    def save(self, user: User) -> None:
        said = self.cleaned_data
        term = Term.objects.filter(text__iexact=said["term"]).first() or Term.objects.create(text=said["term"])
        TermTranslation.objects.create(
            term=term,
            locale=said["language"],
            text=said["text"],
            note=said["note"],
            status=TermStatus.UNVERIFIED,
            proposed_by=user,
        )


class ProposeView(NamedView, AnyFormView):
    """The view in which a translation is proposed. Coordinators change its status."""

    request: AdminRequest
    form_class = ProposalForm
    header_icon = "edit"
    template_name = "admin/translation/glossary/propose.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_propose(self.request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Propose a translation of a term")

    def get_initial(self) -> dict[str, Any]:
        return {"term": self.request.GET.get("term", "")[:120]}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "locales": _locales_of(self.request.user)}

    def form_valid(self, form: ProposalForm) -> HttpResponse:
        form.save(self.request.user)
        messages.success(self.request, _("Proposed. It counts as unverified until a coordinator decides."))
        return redirect(INDEX)


def _locales_of(user: User) -> models.QuerySet[Any]:
    """Return the Locales into which a user may propose translations."""
    translated = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
    return translated if may_decide(user) else translated.filter(language_code__in=languages_of(user))


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV as exported here, or TBX of any program. Nothing is deleted."),
    )


class FilesView(NamedView, AnyFormView):
    """The view that offers the glossary as files and, to coordinators, takes them."""

    request: AdminRequest
    form_class = FileForm
    header_icon = "download"
    template_name = "admin/translation/glossary/files.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = self.request.user
        if not (may_decide(user) if request.method == "POST" else may_propose(user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Glossary files")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_import = may_decide(self.request.user)
        return {**super().get_context_data(**kwargs), "may_import": may_import, "formats": list(FORMATS)}

    def form_valid(self, form: FileForm) -> HttpResponse:
        upload = form.cleaned_data["file"]
        try:
            done = files.bring_in(files.read(upload.name, upload.read()))
        except ValidationError as error:
            form.add_error("file", " ".join(error.messages))
            return self.form_invalid(form)
        counts = {"added": done.added, "changed": done.changed}
        messages.success(self.request, _("Added: %(added)d. Changed: %(changed)d.") % counts)
        if done.unknown_languages:
            names = {"codes": ", ".join(sorted(done.unknown_languages))}
            messages.warning(self.request, _("Languages that this site does not have: %(codes)s.") % names)
        return redirect(INDEX)


def export(request: AdminRequest, format: str) -> HttpResponse:
    """Return the glossary as a file."""
    if not may_propose(request.user):
        raise PermissionDenied
    if format not in FORMATS:
        raise Http404
    write, content_type = FORMATS[format]
    name = f'attachment; filename="glossary.{format}"'
    return HttpResponse(write(files.records()), content_type=content_type, headers={"Content-Disposition": name})


class TranslationsColumn(Column):
    """The translations of a term, with those of their states that a reader has to know."""

    cell_template_name = "admin/translation/glossary/translations.html"

    class Media:
        css = {"all": ["admin/css/translation.css"]}

    def get_value(self, instance: Term) -> list[TermTranslation]:
        return list(instance.translations.all())


class TermFilterSet(WagtailFilterSet):
    """The filters of the list of terms, without the name of the relation in their labels."""

    class Meta:
        model = Term
        fields = ("translations__locale", "translations__status")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["translations__locale"].label = _("Language")
        self.filters["translations__status"].label = _("Status")


class TermIndexView(generic.IndexView):
    """The list of terms, with buttons that lead to the other screens."""

    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().prefetch_related("translations__locale").distinct()

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            *super().header_more_buttons,
            Button(_("Propose a translation"), reverse("translation_glossary:propose"), icon_name="edit"),
            Button(_("Glossary files"), reverse("translation_glossary:files"), icon_name="download"),
        ]


class GlossaryViewSet(ModelViewSet):
    model = Term
    name = "translation_glossary"
    url_prefix = "translation/glossary"
    icon = "list-ul"
    menu_label = gettext_lazy("Glossary")
    menu_name = "glossary"
    menu_order = 12
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = TermIndexView
    list_display = ["text", "part_of_speech", TranslationsColumn("translated", label=gettext_lazy("Translations"))]
    filterset_class = TermFilterSet
    search_fields = ["text", "translations__text"]
    search_backend_name = None

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("propose/", ProposeView.as_view(), name="propose"),
            path("files/", FilesView.as_view(), name="files"),
            path("export/<slug:format>/", export, name="export"),
        ]
