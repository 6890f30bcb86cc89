"""The least that Django can do: views without middleware that answer with the bytes in the files of a folder."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGES = {file.name: file.read_bytes() for file in Path(os.environ["BENCH_PAGES"]).iterdir()}

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="minimal", MIDDLEWARE=[])


def page(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(PAGES[name], headers={"Content-Encoding": "gzip"})


urlpatterns = [path("<str:name>", page)]
application = get_wsgi_application()
