"""Undocumented names of Django REST framework."""

from django.http import HttpRequest
from rest_framework.request import Request

__all__ = ["django_request"]


def django_request(request: Request) -> HttpRequest:
    """Return Django's request, for functions that keep something on it or are called by other views as well."""
    return request._request
