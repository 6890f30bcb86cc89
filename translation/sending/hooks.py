"""URLs, buttons and bulk actions that send objects for translation."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from core.internals.django import URLResolver
from translation.sending import selection_views, views
from translation.sending.bulk import SendPages, SendSnippets
from translation.sending.rules import may_send

urls = [
    path("campaign/<int:pk>/", views.send_campaign, name="campaign"),
    path("job/<int:pk>/", views.show_job, name="job"),
    path("job/<int:pk>/progress/", views.job_progress, name="progress"),
    path("job/<int:pk>/resume/", views.resume_job, name="resume"),
    path("assign/", selection_views.assign_items, name="assign"),
    path("send/", selection_views.send_items, name="send"),
    path("remind/", selection_views.remind_people, name="remind"),
]


@hooks.register("register_admin_urls")
def sending_urls() -> list[URLResolver]:
    return [path("translation/sending/", include((urls, "translation_sending")))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_to_send_all(
    page: Page, user: User, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    if page.specific_class in views.WHOLE and may_send(user, page):
        url = reverse("translation_sending:campaign", args=[page.pk])
        yield Button(_("Send all material for translation"), url, icon_name="globe", priority=70)


hooks.register("register_bulk_action", SendPages)
hooks.register("register_bulk_action", SendSnippets)
