"""Addresses of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.db.transaction import atomic
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from core.admin.phone_links import PhoneLinks
from core.health.metrics import metrics
from core.health.views import healthz, readyz
from core.http.security_txt import security_txt
from core.http.views import adras, favicon, touch_icon
from core.internals.wagtail_admin import SetPrivacyView, require_admin_access
from core.seo.views import share_picture
from home.api.urls import guide
from home.robots import robots
from home.sitemaps import views as sitemaps
from home.views import front_door, too_large
from translation.access.choosers import ExternalLinks

handler404 = "home.views.not_found"
handler500 = "home.views.server_error"

urlpatterns = [
    path("", front_door),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("adras/<slug:accent>/<slug:seed>.svg", adras, name="adras"),
    path("share/<int:page>/<slug:digest>.png", share_picture, name="share_picture"),
    path("robots.txt", robots),
    path(".well-known/security.txt", security_txt),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-news.xml", sitemaps.of_news, name="news_sitemap"),
    path("sitemap-<slug:code>-<int:number>.xml", sitemaps.of_pages, name="sitemap"),
    path("favicon.ico", favicon),
    path("too-large/", too_large),
    path("apple-touch-icon.png", touch_icon),
    path("apple-touch-icon-precomposed.png", touch_icon),
    # Wagtail's view for the privacy of a page, in one transaction with the work that a change of it records.
    path(
        "admin/pages/<int:page_id>/privacy/",
        require_admin_access(atomic(SetPrivacyView.as_view())),
        name="set_privacy_whole",
    ),
    path(
        "admin/choose-external-link/",
        require_admin_access(ExternalLinks.as_view()),
        name="wagtailadmin_choose_page_external_link",
    ),
    path(
        "admin/choose-phone-link/",
        require_admin_access(PhoneLinks.as_view()),
        name="wagtailadmin_choose_page_phone_link",
    ),
    path("admin/second-factor/", include("core.second_factor.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("api/v2/", include("home.api.urls")),
    path("", include("core.media.urls")),
    *i18n_patterns(
        path("search/", include("search.urls")),
        path("api/", guide, name="api_guide"),
        path("", include("campaigns.urls")),
        path("", include(wagtail_urls)),
    ),
]
