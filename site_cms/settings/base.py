"""What every environment shares; the files beside this one hold differences only."""

from pathlib import Path

from django.utils.translation import gettext_noop
from environs import Env, ValidationError

from . import environment

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
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.logs.request_ids.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django pads what it compresses at random, against attacks on secrets in compressed pages (BREACH).
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
    "translation.access.guard.LanguageGuard",
    "core.addresses.redirects.RedirectMiddleware",
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
    # While one is open SQLite's files beside the database are there; on a full disk they cannot be made anew.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What is deleted is overwritten: withdrawn words do not stay in the file.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "core.second_factor.backend.FactorBackend",
    "translation.access.backend.LanguageBackend",
]
PASSWORD_HASHERS = [
    "core.accounts.hashers.SmallArgon2Hasher",
    # What was hashed before is hashed anew at the next log-in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Whether whoever publishes, reviews or administers needs a second factor. Whoever has one is asked for it anyway.
SECOND_FACTOR_REQUIRED = True

# The languages of the site, each with its own name. A further one is a line here, a
# catalogue in site_cms/locale and a Locale.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    ("ru", "Русский"),
    ("tg", "Тоҷикӣ"),
    ("fa-af", "دری"),
]
LANGUAGE_CODE = "en"
# Where a piece is not in the reader's language: the next to ask. Whatever is not named
# here follows in the order of LANGUAGES.
LANGUAGE_FALLBACKS = {"tg": ["ru", "en"], "ru": ["en"], "fa-af": ["en"]}
LOCALE_PATHS = [BASE_DIR / "site_cms" / "locale"]
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
# No script reads it: forms and Wagtail's configuration hold the token.
CSRF_COOKIE_HTTPONLY = True

MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Whether nginx stands before the site and sends the files of MEDIA_ROOT, by deploy/nginx.conf.template.
X_ACCEL_REDIRECT = False

# The helpline as the page that says that something went wrong shows it, also without a database. The server reads
# it, whoever saves a helpline and the minute job write it.
HELPLINE_COPY = env.str("HELPLINE_COPY", str(VAR_DIR / "state" / "helpline.json"))

# Mails are stored, and the worker hands them to MAIL_DELIVERY_BACKEND: nobody waits for a mail server.
EMAIL_BACKEND = "core.mail.backend.QueueBackend"
MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
# After how many days a mail that was not delivered is given up and its text deleted: no longer than a link that
# resets a password is good for.
MAIL_DAYS = 3
# How many days longer the administrators see that it was not delivered.
UNDELIVERED_DAYS = 30

# With this token /readyz and /metrics tell more than a word; without one nobody is told.
HEALTH_TOKEN = ""
# Whether requests are counted and timed for Prometheus.
METRICS = False
# Below this many megabytes administrators are told that the disk fills up.
DISK_LOW_MB = env.int("DISK_LOW_MB", 500)
# So many are kept free for texts: a file that would take them is refused.
DISK_RESERVE_MB = env.int("DISK_RESERVE_MB", 100)

# What must not come back with a backup, outside the database (`core.journal`). Lines are only ever added.
JOURNAL = env.str("JOURNAL", str(VAR_DIR / "state" / "journal.jsonl"))
# Where `manage.py make_backup` puts its backups, and how many days they are kept; 0: for good.
BACKUPS = env.str("BACKUPS", str(VAR_DIR / "backups"))
BACKUP_DAYS = env.int("BACKUP_DAYS", 30)

# What takes long is done by `manage.py db_worker`, beside the server.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Whether search engines may list it: a site for trying things out must not be found in place of the real one.
INDEXED = True
# The origin that readers and search engines are told, https://…; empty: whatever name the site was asked by.
PUBLIC_BASE_URL = ""

# A plain string: Wagtail compares it with what an editor types to confirm a large deletion.
WAGTAIL_SITE_NAME = gettext_noop("Migration in Tajikistan")
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", "http://localhost:8000")
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# In the database, unless a search server is named.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": env.str("SEARCH_BACKEND", "search.backends")}}
if SEARCH_URL := env.str("SEARCH_URL", None):
    WAGTAILSEARCH_BACKENDS["default"] |= {"URLS": [SEARCH_URL], "INDEX_PREFIX": "site_cms_"}
# Wagtail's own widget keeps a parser that the threads of the server would share.
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "core.admin.rich_text.RichTextArea"}}
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.admin.forms.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = "avif bmp gif heic heif jfif jpg jpeg png tif tiff webp".split()
# As the proxy has it (client_max_body_size). A photo of 50 megapixels takes 4 to 20 MB.
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
# What Python knows by itself depends on the machine.
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
# All else is downloaded.
WAGTAILDOCS_INLINE_CONTENT_TYPES = sorted({*_PLAYED.values()})
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.metadata.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILAPI_LIMIT_MAX = 100
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_AUTO_CREATE_ALIASES = False
# The admin asks nobody outside.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "translation.review.finish.finish"
# A translation goes live when somebody with the right publishes it, never by being submitted;
# the wording of a deleted page stays.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# Whether a translation is approved by somebody else than who translated it.
TRANSLATION_FOUR_EYES = True
# How many days before its observance a campaign's translations are due.
TRANSLATION_DUE_DAYS = 14
# How many days before something is due its translator is reminded.
TRANSLATION_REMIND_DAYS = 3
# After how many days a reader is told that the text which was translated has changed since.
TRANSLATION_STALE_NOTICE_DAYS = 7

# How often one address may ask the API and the search: 300/min, 5000/hour; empty for as often as it likes. A
# mobile network may show a whole country as one address: 40 readers with 5 requests a minute each must fit.
API_RATE = "300/min"
SEARCH_RATE = "300/min"
# One for each pause in typing.
SUGGESTION_RATE = "1200/min"
# Where it is counted: what all processes of the server share.
READING_CACHE = "default"
# Where holes are reported, for /.well-known/security.txt: mailto:… or https://…; empty: no file.
SECURITY_CONTACT = ""
# How many proxies stand before the site: addresses are counted from the right of X-Forwarded-For.
PROXIES = 0
# Without the default that takes a password with each request.
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"]}

# How many days withdrawn words are kept apart, so that a publisher can undo a withdrawal made by mistake.
WITHDRAWN_TEXT_DAYS = 30

# Whether the demo may make its log-ins, whose passwords are public.
DEMO = False
