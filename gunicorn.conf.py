"""Configuration of gunicorn, which reads this file from the directory that it is started in."""

import gc
import os
import shutil
import signal
import sys
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gunicorn.workers.base import Worker

# gunicorn adds the site's code to sys.path only when it loads the application, which is later.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from site_cms.settings.environment import LOG_FORMATS, logging_to_stderr

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Load the code once for all workers, and end at once if the settings refuse to start.
preload_app = True
# No limit. A search for 10,000 Cyrillic letters makes a request line of 60,000 bytes and is answered with a page,
# but gunicorn's own limit cannot be set above 8,190 bytes. The proxy limits the line instead: only the proxy can
# reach gunicorn (compose.yaml).
limit_request_line = 0
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")
# Log in the site's format. A wrong LOG_FORMAT is reported by the settings, so it is read as text here.
_form = os.environ.get("LOG_FORMAT", "text")
logconfig_dict = logging_to_stderr(loglevel.upper(), _form if _form in LOG_FORMATS else "text")
logconfig_dict["loggers"]["gunicorn.error"] = {"level": loglevel.upper(), "propagate": True, "handlers": []}
# The workers count requests in shared files. prometheus_client reads their directory when it is imported, so it
# has to be set before.
if os.environ.get("METRICS", "").lower() in ("1", "on", "t", "true", "y", "yes"):
    _folder = tempfile.mkdtemp(prefix="metrics-")
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", _folder)
    from prometheus_client.multiprocess import mark_process_dead

    def on_exit(server: object) -> None:
        """Delete the shared files of the metrics when the server ends."""
        shutil.rmtree(_folder, ignore_errors=True)

    def child_exit(server: object, worker: "Worker") -> None:
        """Tell prometheus_client that a worker has ended, so that its gauges are no longer counted."""
        mark_process_dead(worker.pid)


# Nothing uses gunicorn's control socket.
control_socket_disable = True


def when_ready(server: object) -> None:
    """Print READY_NOTICE to the standard output, if that variable is set."""
    if notice := os.environ.get("READY_NOTICE"):
        sys.stdout.write(notice + "\n")
        sys.stdout.flush()


def post_worker_init(worker: "Worker") -> None:
    """Let the garbage collector run seldom, and not over what was loaded at the start, which no request leaves as
    garbage: as Python sets it up, it takes a fifth of the time of a page.

    Ignore SIGINT in the worker. Ctrl-C reaches the workers and the master, which passes it on to them: a worker
    that receives the signal twice at once hangs."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
