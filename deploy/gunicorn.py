"""How the web process runs, on one machine and in a container."""

import os
from pathlib import Path

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_PROCESSES", "1"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
preload_app = True  # the code is read once, and a mistake in it stops the start
timeout = 120
graceful_timeout = 8
keepalive = 5
max_requests = 5000  # memory that a library lost comes back
max_requests_jitter = 500
control_socket_disable = True
if Path("/dev/shm").is_dir():  # noqa: S108  (a heartbeat on disk may block)
    worker_tmp_dir = "/dev/shm"  # noqa: S108

# No access log: addresses say who looked at what, and the activity already keeps that.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_health_information": {"()": "chartrequest.logs.Scrub"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_health_information"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": [], "propagate": True}},
}
