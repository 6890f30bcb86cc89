from django.conf import settings
from django.http import HttpRequest


def absolute(request: HttpRequest, path: str) -> str:
    """With the one origin that the site is to be known by, whatever other name it was asked by."""
    return f"{settings.PUBLIC_BASE_URL or f'{request.scheme}://{request.get_host()}'}{path}"
