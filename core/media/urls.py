"""URLs of images and documents. The names `wagtaildocs_…` are Wagtail's, which uses them in links."""

from django.urls import path, re_path

from core.internals.wagtail_admin import authenticate_with_password
from core.media import views

urlpatterns = [
    path("documents/<int:pk>/<path:name>", views.document, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    re_path(r"^documents/", views.no_document),
    # Includes line breaks, so that any name is answered by the same view.
    re_path(r"^media/(?P<path>[\s\S]*)$", views.media, name="media"),
]
