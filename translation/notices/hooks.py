"""URLs and panels of notices."""

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import include, path
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.users.models import UserProfile

from core.internals.django import URLResolver
from translation.notices import views
from translation.notices.account import NoticePreferencePanel
from translation.notices.panel import NoticesPanel

urls = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("seen/", views.mark_seen, name="seen"),
]


@hooks.register("register_admin_urls")
def notices_urls() -> list[URLResolver]:
    return [path("translation/notices/", include((urls, "translation_notices")))]


@hooks.register("construct_homepage_panels")
def show_notices(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(NoticesPanel())


@hooks.register("register_account_settings_panel")
def choose_how_to_be_told(request: HttpRequest, user: User, profile: UserProfile) -> NoticePreferencePanel:
    return NoticePreferencePanel(request, user, profile)
