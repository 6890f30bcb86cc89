"""Read by gunicorn itself where it is started beside this file."""

import os
import shutil
import signal
import sys
import tempfile

# gunicorn by itself finds the site's code only when it loads the application.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from site_cms.settings.environment import LOG_FORMATS, logging_to_stderr

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# One load of the code for all workers, and an end at once where the settings refuse to start.
preload_app = True
# A search for 10,000 Cyrillic letters is a line of 60,000 bytes and is answered with a page, but gunicorn's own
# limit goes up to 8,190 bytes and no further, or to none. The proxy before it, which alone reaches it
# (compose.yaml), has one.
limit_request_line = 0
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")
# As the site logs. A wrong format is for the settings to refuse.
_form = os.environ.get("LOG_FORMAT", "text")
logconfig_dict = logging_to_stderr(loglevel.upper(), _form if _form in LOG_FORMATS else "text")
logconfig_dict["loggers"]["gunicorn.error"] = {"level": loglevel.upper(), "propagate": True, "handlers": []}
# The workers count requests in files that they share, which must be known before anything counts.
if os.environ.get("METRICS", "").lower() in ("1", "on", "t", "true", "y", "yes"):
    _folder = tempfile.mkdtemp(prefix="metrics-")
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", _folder)
    from prometheus_client.multiprocess import mark_process_dead

    def on_exit(server: object) -> None:
        shutil.rmtree(_folder, ignore_errors=True)

    def child_exit(server: object, worker: object) -> None:
        mark_process_dead(worker.pid)


# Nobody asks a running server for anything but pages.
control_socket_disable = True


def when_ready(server: object) -> None:
    if notice := os.environ.get("READY_NOTICE"):
        sys.stdout.write(notice + "\n")
        sys.stdout.flush()


def post_worker_init(worker: object) -> None:
    """Ctrl-C reaches the workers and their master, who tells them as well; told twice at once they hang."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
