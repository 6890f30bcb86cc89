"""The site's addresses with Wagtail's API v3, which the site itself does not offer."""

from django.urls import path
from wagtail.api.v3.urls import api

from site_cms.urls import urlpatterns as site_urls

urlpatterns = [path("api/v3/", api.urls), *site_urls]
