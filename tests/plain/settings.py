"""The same site and the same content on wagtail-localize as it comes: settings for tests that are to fail there
(`make plain`)."""

from typing import Any

from site_cms.settings.test import *

INSTALLED_APPS = ["tests.plain.apps.Unguarded" if app == "translation" else app for app in INSTALLED_APPS]
MIDDLEWARE = [each for each in MIDDLEWARE if not each.startswith("translation.")]
AUTHENTICATION_BACKENDS = ["core.second_factor.backend.FactorBackend"]
TEMPLATES[0]["APP_DIRS"] = False
LOADERS = ["tests.plain.templates.Loader", "django.template.loaders.app_directories.Loader"]
_options: Any = TEMPLATES[0]["OPTIONS"]
_options["loaders"] = [("django.template.loaders.cached.Loader", LOADERS)]
# As they are where nobody sets them.
WAGTAIL_FINISH_WORKFLOW_ACTION = "wagtail.workflows.publish_workflow_state"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
WAGTAILLOCALIZE_DISABLE_ON_DELETE = False

NEWSROOM = "tests.plain.newsroom.open_newsroom"
