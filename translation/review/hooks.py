"""URLs and menu item of reviews, Publish in the editor of a translation, and what follows when a source is
published in the admin."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from core.internals.django import URLResolver
from core.languages.bidi import embedded
from core.typed import AdminRequest, Translatable
from translation.access.queries import locales_for
from translation.models import LanguageAction
from translation.review import changes, views
from translation.review.publish import publish_approved
from translation.sync import detached
from translation.units.segments import any_translation_of, translation_of

AFTER_BOARD = 11


@hooks.register("register_admin_urls")
def review_urls() -> list[URLResolver]:
    urls = [
        path("", views.ReviewList.as_view(), name="index"),
        path("<int:review_id>/", views.ReviewView.as_view(), name="review"),
        path("<int:review_id>/preview/", views.preview, name="preview"),
        path("<int:review_id>/comment/", views.comment, name="comment"),
        path("comment/<int:translation_id>/", views.comment_in_editor, name="comment_in_editor"),
        path("<int:review_id>/take-back/", views.take_back, name="take_back"),
        path("comments/<int:comment_id>/resolve/", views.resolve, name="resolve"),
        path("submit/<int:translation_id>/", views.submit_for_review, name="submit"),
        path("changes/<uuid:key>/", changes.ChangesView.as_view(), name="changes"),
    ]
    return [path("translation/review/", include((urls, "translation_review")))]


class ReviewMenuItem(MenuItem):
    """The menu item for the list of reviews, shown to reviewers."""

    def is_shown(self, request: AdminRequest) -> bool:
        return request.user.is_superuser or bool(locales_for(request.user, LanguageAction.REVIEW))


@hooks.register("register_admin_menu_item")
def review_menu_item() -> MenuItem:
    address = reverse("translation_review:index")
    return ReviewMenuItem(gettext_lazy("Review"), address, name="reviews", icon_name="tasks", order=AFTER_BOARD)


@hooks.register("before_edit_page", order=-50)
def publish_what_is_approved(request: AdminRequest, target: Translatable) -> HttpResponse | None:
    """Publish what is approved of a translation, in place of wagtail-localize's editor, which publishes all draft
    texts."""
    if request.method != "POST" or request.POST.get("action") != "publish" or not translation_of(target):
        return None
    try:
        publish_approved(target, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        names = {"title": embedded(target), "language": embedded(target.locale.get_display_name())}
        messages.success(request, _("“%(title)s” is published in %(language)s.") % names)
    return redirect(request.path)


hooks.register("before_edit_snippet", publish_what_is_approved, order=-50)


@hooks.register("after_publish_page")
def tell_after_publishing(request: HttpRequest, page: Translatable) -> None:
    """Hook: warn the editor of a published page about translations that are stale now."""
    changes.tell_editor(request, page)


@hooks.register("after_publish_page")
def note_schedule(request: AdminRequest, page: Translatable) -> None:
    """Hook: record who approved a scheduled revision of a page that no longer follows its source: the page editor
    schedules without calling `publish()`, which records it elsewhere."""
    scheduled = page.revisions.filter(approved_go_live_at__isnull=False).order_by("-pk").first()
    translation = any_translation_of(page) if scheduled else None
    if scheduled and translation and not translation.enabled:
        detached.note(scheduled, request.user)


@hooks.register("after_edit_snippet")
def tell_after_editing(request: HttpRequest, instance: Translatable) -> None:
    """Hook: warn the editor of a snippet about translations that are stale now, if it was published."""
    if "action-publish" in request.POST:
        changes.tell_editor(request, instance)
