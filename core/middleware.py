from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_from_path


class PathLanguageMiddleware:
    """The language of a public page comes from its address alone: no cookie, no Accept-Language, so that
    a page is the same for everybody. Wagtail's admin activates each user's own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        code = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response


class PublishBlockedMiddleware:
    """The net beneath the publishing gate."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
