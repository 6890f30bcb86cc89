"""What is done with objects that are selected on the board: assigning, sending, reminding. A selected object is a
parameter `item`, a translation key and the id of a language, separated by a colon. Objects that the user may not
change are left out, and named."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Locale

from core.typed import AdminRequest
from translation.models import SendJob
from translation.notices.people import name_of
from translation.notices.reminders import remind_of
from translation.sending.assign import reassign
from translation.sending.bulk import title_of_selection
from translation.sending.forms import AssignForm, SendForm
from translation.sending.jobs import request_send
from translation.sending.selection import Selection, back_url, selected, sent_back, tell_refused


@require_http_methods(["GET", "POST"])
def assign_items(request: AdminRequest) -> HttpResponse:
    """Assign the selected translations to a translator, or set when they are due. Raise PermissionDenied for users
    who may send none of them."""
    if nothing := sent_back(request):
        return nothing
    chosen = selected(request)
    data = request.POST if request.method == "POST" and "person" in request.POST else None
    form = AssignForm(data, locale_ids=chosen.locale_ids)
    if data and form.is_valid():
        try:
            count = reassign(chosen.items, request.user, chosen.titles, **form.changes())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            changed = ngettext("%(n)d translation changed.", "%(n)d translations changed.", count)
            messages.success(request, changed % {"n": count})
            tell_refused(request, chosen.refused)
            return redirect(back_url(request))
    context = {"page_title": _("Assign"), "header_icon": "user", "form": form, "button": _("Assign")}
    return _form(request, chosen, context)


@require_http_methods(["GET", "POST"])
def send_items(request: AdminRequest) -> HttpResponse:
    """Send the selected objects, each into the languages that are selected for it, and redirect to the job or, if
    there are several, back. Raise PermissionDenied for users who may send none of them."""
    if nothing := sent_back(request):
        return nothing
    chosen = selected(request)
    data = request.POST if request.method == "POST" and "due" in request.POST else None
    form = SendForm(data, only=chosen.locale_ids, initial={"locales": chosen.locale_ids})
    if data and form.is_valid():
        jobs = _jobs(chosen, form, request.user)
        tell_refused(request, chosen.refused)
        if len(jobs) == 1:
            return redirect("translation_sending:job", jobs[0].pk)
        links = [messages.button(reverse("translation_sending:job", args=[job.pk]), job.title) for job in jobs]
        messages.success(request, _("The selected items are being sent."), buttons=links)
        return redirect(back_url(request))
    context = {"page_title": _("Send for translation"), "header_icon": "globe", "form": form, "button": _("Send")}
    return _form(request, chosen, context)


@require_POST
def remind_people(request: AdminRequest) -> HttpResponse:
    """Remind those to whom unfinished translations of the selection are assigned, each by one notice. Raise
    PermissionDenied for users who may send none of them."""
    if nothing := sent_back(request):
        return nothing
    chosen = selected(request)
    people = remind_of(chosen.items, chosen.titles, timezone.localdate())
    if people:
        names = {"names": ", ".join(name_of(person) for person in people)}
        messages.success(request, _("Reminded: %(names)s.") % names)
    else:
        messages.warning(
            request,
            _("Nobody was reminded: nothing unfinished is assigned to anybody who was not reminded today."),
        )
    tell_refused(request, chosen.refused)
    return redirect(back_url(request))


def _jobs(chosen: Selection, form: SendForm, user: User) -> list[SendJob]:
    """Ask for a job for each set of languages, and return them."""
    locales = {locale.pk: locale for locale in form.cleaned_data["locales"]}
    return [
        request_send(
            objects,
            [locales[pk] for pk in sorted(languages)],
            user,
            title_of_selection(objects),
            {pk: person for pk, person in form.people.items() if pk in languages},
            form.cleaned_data["due"],
        )
        for languages, objects in chosen.by_languages(locales.keys()).items()
    ]


def _form(request: AdminRequest, chosen: Selection, context: dict[str, Any]) -> HttpResponse:
    titles, names = chosen.titles, {each.pk: each.get_display_name() for each in Locale.objects.all()}
    items = [(f"{key}:{locale_id}", titles[key], names[locale_id]) for key, locale_id in chosen.items]
    common = {"items": items, "refused": chosen.refused, "back_url": back_url(request)}
    return TemplateResponse(request, "admin/sending/selection.html", {**context, **common})
