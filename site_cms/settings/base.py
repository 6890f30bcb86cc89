"""Settings that all environments share. The other files in this package contain differences only."""

import gc
from pathlib import Path

from django.utils.translation import gettext_noop
from environs import Env, ValidationError

from . import environment

# While Django loads, and in most of what the site does, hardly any object becomes garbage: Python, which looks for
# it after 700 new ones, spends a seventh of the time of each start on that.
gc.set_threshold(10_000, 20, 20)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()

INSTALLED_APPS = [
    "home",
    "search",
    "translation",
    "campaigns",
    "core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "core.accounts.apps.SiteUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_otp_webauthn",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # For the catalogue of the times that Wagtail says as “2 hours ago”.
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.logs.request_ids.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django adds random bytes to compressed responses, against attacks on secrets in compressed pages (BREACH).
    "core.http.middleware.GZipMiddleware",
    "core.http.csp.PolicyMiddleware",
    "core.http.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.http.middleware.PathLanguageMiddleware",
    "core.http.middleware.CommonMiddleware",
    "core.http.middleware.ReadersOnlyReadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.second_factor.session.SecondFactorMiddleware",
    "core.throttling.middleware.AttemptsMiddleware",
    "core.audit.middleware.ExportsMiddleware",
    "core.spreadsheets.SpreadsheetsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.http.middleware.RefusalMiddleware",
    "translation.guard.middleware.LanguageGuard",
    "core.addresses.redirects.RedirectMiddleware",
    "home.routing.RoutingMiddleware",
]

ROOT_URLCONF = "site_cms.urls"
WSGI_APPLICATION = "site_cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.navigation.navigation",
            ],
        },
    },
]

try:
    DATABASES = {"default": environment.database(env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}"))}
except ValidationError as error:
    environment.refuse({"DATABASE_URL": str(error)})
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Connections stay open. As long as one is open, SQLite keeps its -wal and -shm files; on a full disk they
    # could not be created again.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete overwrites deleted data, so that withdrawn words do not stay in the file.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "core.second_factor.backend.FactorBackend",
    "translation.access.backend.LanguageBackend",
]
PASSWORD_HASHERS = [
    "core.accounts.hashers.SmallArgon2Hasher",
    # Older hashes are replaced at the next log-in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Whether users who publish, review or administer need a second factor. Users who have one are asked for it anyway.
SECOND_FACTOR_REQUIRED = True

# The languages of the site, each with its own name. A further language needs a line here, a catalogue in
# site_cms/locale and a Locale.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    ("ru", "Русский"),
    ("tg", "Тоҷикӣ"),
    ("fa-af", "دری"),
]
LANGUAGE_CODE = "en"
# The fallback languages, in which content is shown that is missing in the reader's language. Languages that are
# not named here follow in the order of LANGUAGES.
LANGUAGE_FALLBACKS = {"tg": ["ru", "en"], "ru": ["en"], "fa-af": ["en"]}
LOCALE_PATHS = [BASE_DIR / "site_cms" / "locale", BASE_DIR / "site_cms" / "library_locale"]
FORMAT_MODULE_PATH = "core.formats"
TIME_ZONE = "Asia/Dushanbe"
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "core.media.storage.ReservingStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# No script reads the cookie: forms and Wagtail's configuration contain the token.
CSRF_COOKIE_HTTPONLY = True

MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Whether nginx is in front of the site and sends the files of MEDIA_ROOT, as in deploy/nginx.conf.template.
X_ACCEL_REDIRECT = False

# A copy of the helpline for error pages, which are also shown without a database. The server reads it. It is
# written when a helpline is saved, and by the job that runs each minute.
HELPLINE_COPY = env.str("HELPLINE_COPY", str(VAR_DIR / "state" / "helpline.json"))

# Mails are stored, and the worker hands them to MAIL_DELIVERY_BACKEND, so that no request waits for a mail server.
EMAIL_BACKEND = "core.mail.backend.QueueBackend"
MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
# After how many days a mail that could not be delivered is given up and its text deleted. This is no longer than a
# link for resetting a password is valid.
MAIL_DAYS = 3
# For how many further days administrators see that the mail was not delivered.
UNDELIVERED_DAYS = 30

# Requests with this token get the details of /readyz and /metrics. If it is empty, nobody gets them.
HEALTH_TOKEN = ""
# Whether requests are counted and timed for Prometheus.
METRICS = False
# If fewer megabytes than this are free, administrators are warned that the disk is getting full.
DISK_LOW_MB = env.int("DISK_LOW_MB", 500)
# So many megabytes are reserved for texts: an uploaded file that would use them is refused.
DISK_RESERVE_MB = env.int("DISK_RESERVE_MB", 100)

# The file of stamps, by which stored pages are known to be fresh (`core.stamps`). The server, the worker and all
# commands of a machine share it.
STAMPS = env.str("STAMPS", str(VAR_DIR / "state" / "stamps"))
# The Redis through which several servers share their stamps; empty: there is one server.
STAMPS_URL = ""
# Where a CDN in front of the site is told to forget pages, https://…, and its token; empty: there is no CDN.
CDN_PURGE_URL = CDN_PURGE_TOKEN = ""
# The folder in which the server stores public pages; empty: it stores none.
PAGE_CACHE = "" if env.str("PAGE_CACHE", "") == "off" else env.str("PAGE_CACHE", str(VAR_DIR / "cache" / "pages"))
# How much of them is kept in the folder, and in the memory of each process.
PAGE_CACHE_DISK_MB = env.int("PAGE_CACHE_DISK_MB", 500)
PAGE_CACHE_MEMORY_MB = env.int("PAGE_CACHE_MEMORY_MB", 32)

# The file of what must not come back with a backup (`core.journal`). It is outside the database; lines are only
# added.
JOURNAL = env.str("JOURNAL", str(VAR_DIR / "state" / "journal.jsonl"))
# Where `manage.py make_backup` stores backups, and for how many days they are kept; 0: forever.
BACKUPS = env.str("BACKUPS", str(VAR_DIR / "backups"))
BACKUP_DAYS = env.int("BACKUP_DAYS", 30)

# Tasks that take long are done by `manage.py db_worker`, a process beside the server.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Whether search engines may list the site. A test site must not be found in place of the real one.
INDEXED = True
# The origin in addresses for readers and search engines, https://…; empty: the host name of each request.
PUBLIC_BASE_URL = ""

# A plain string, not a lazy one: Wagtail compares it with what an editor types to confirm a large deletion.
WAGTAIL_SITE_NAME = gettext_noop("Migration in Tajikistan")
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", "http://localhost:8000")
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends"}}
# Wagtail's own widget stores a parser that the threads of the server would share.
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "core.admin.rich_text.RichTextArea"}}
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
# A sixth fewer bytes than with Wagtail's 80.
WAGTAILIMAGES_WEBP_QUALITY = 75
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.admin.forms.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = "avif bmp gif heic heif jfif jpg jpeg png tif tiff webp".split()
# The proxy has the same limits (client_max_body_size). A photo of 50 megapixels takes 4 to 20 MB.
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024**2
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024**2
_PLAYED = {
    "3gp": "video/3gpp",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "webm": "video/webm",
    "vtt": "text/vtt",
}
# Complete, because the types that Python's mimetypes knows depend on the machine.
WAGTAILDOCS_CONTENT_TYPES = {
    **_PLAYED,
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "odg": "application/vnd.oasis.opendocument.graphics",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "srt": "application/x-subrip",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
WAGTAILDOCS_EXTENSIONS = sorted(WAGTAILDOCS_CONTENT_TYPES)
# Other documents are downloaded, not displayed.
WAGTAILDOCS_INLINE_CONTENT_TYPES = sorted({*_PLAYED.values()})
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.uploads.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILAPI_LIMIT_MAX = 100
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_AUTO_CREATE_ALIASES = False
# The admin sends no requests to other sites.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "translation.review.finish.finish"
# A translation goes live when somebody with the permission publishes it, never by being submitted. The translated
# texts of a deleted page are kept.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# A class of wagtail-localize's machine translators or one's own, and its options as JSON. None: nothing is sent.
if machine := env.str("MACHINE_TRANSLATOR", ""):
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": machine, "OPTIONS": env.json("MACHINE_TRANSLATOR_OPTIONS", {})}
# Whether a translation has to be approved by a different user than its translator.
TRANSLATION_FOUR_EYES = True
# How many days before its observance a campaign's translations are due.
TRANSLATION_DUE_DAYS = 14
# How many days before the due date the translator is reminded.
TRANSLATION_REMIND_DAYS = 3
# After how many days a stale translation tells readers that its source has changed since.
TRANSLATION_STALE_NOTICE_DAYS = 7

# How often one address may request the API and the search, such as 300/min or 5000/hour; empty: no limit. A mobile
# network may show a whole country as one address: 40 readers with 5 requests a minute each must be possible.
API_RATE = "300/min"
SEARCH_RATE = "300/min"
# The search form sends one request for suggestions at each pause in typing.
SUGGESTION_RATE = "1200/min"
# The cache in which these requests are counted. All processes of the server should share it.
READING_CACHE = "default"
# Where vulnerabilities are reported, for /.well-known/security.txt: mailto:… or https://…; empty: no file.
SECURITY_CONTACT = ""
# How many proxies are in front of the site: the client's address is counted from the right of X-Forwarded-For.
PROXIES = 0
# REST framework's default also accepts a password with each request (BasicAuthentication).
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"]}

# For how many days withdrawn words are kept separately, so that a publisher can undo a withdrawal made by mistake.
WITHDRAWN_TEXT_DAYS = 30

# Whether `load_demo` creates the demo users, whose passwords are public.
DEMO = False
