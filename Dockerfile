# The requirements are installed in a stage of their own, so that neither pip's leftovers nor a compiler's end up in
# what runs. Static files are collected before each start, beside those of the release before (compose.yaml).
FROM python:3.13-slim-trixie AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements/runtime.txt requirements/
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/runtime.txt
COPY . .

FROM python:3.13-slim-trixie
# pg_dump of the server's version (compose.yaml), for backups.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-17 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home site
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
# All that a running site writes; the code stays root's.
RUN install -d -o site var/media var/state var/static && install -d -o site -m 700 var/backups
USER site
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=site_cms.settings.production \
    HOST=0.0.0.0 \
    PORT=8000
EXPOSE 8000
# By the first of the names that the site answers to: it knows no other.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request as r; \
host = os.environ['ALLOWED_HOSTS'].split(',')[0].strip().lstrip('.'); \
r.urlopen(r.Request(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", headers={'Host': host}), timeout=4)"]
CMD ["gunicorn", "site_cms.wsgi"]
