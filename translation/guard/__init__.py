"""Checks of rights by language on requests to the admin and the API, before the views of Wagtail and
wagtail-localize run. The rights themselves are in `translation.access`."""
