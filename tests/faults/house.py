"""One installation: its database, its Redis, its processes; each can be broken and mended."""

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis
import requests

from tests import cast
from tests.faults import processes
from tests.faults.processes import until

BIN = Path(sys.executable).parent
CSRF = "c" * 32
JOB_TIME_LIMIT = 8  # seconds; a dead worker's job is taken up again after 13


class House:
    """`database_url` "" and `redis_port` None are the embedded default: SQLite, and a folder as broker.

    `more` goes into the environment.
    """

    def __init__(self, folder, *, database_url="", redis_port=None, **more):
        self.folder, self.database_url, self.redis_port = folder, database_url, redis_port
        self.port = processes.free_port()
        self.running = {}
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self.env = kept | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATA_DIR": str(folder),
            "BIND": f"127.0.0.1:{self.port}",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "JOB_TIME_LIMIT": str(JOB_TIME_LIMIT),
            **more,
        }
        if database_url:
            self.env["DATABASE_URL"] = database_url
        if redis_port:
            self.env["BROKER_URL"] = f"redis://127.0.0.1:{redis_port}/0"

    # Starting, ending -----------------------------------------------------------------------------
    def commands(self):
        celery = [BIN / "celery", "-A", "chartrequest"]
        quiet = ["--without-gossip", "--without-mingle", "--concurrency", "2"]
        found = {
            "web": [BIN / "gunicorn", "-c", "deploy/gunicorn.py", "chartrequest.wsgi"],
            "worker": [*celery, "worker", *quiet],
            "beat": [*celery, "beat", "--schedule", self.folder / "beat"],
        }
        if self.redis_port:
            options = ["--save", "", "--appendonly", "yes", "--dir", self.folder]
            listen = ["--port", str(self.redis_port), "--bind", "127.0.0.1"]
            found = {"redis": ["redis-server", *listen, *options], **found}
        return found

    def up(self, *names):
        """Start what doesn't run (of `names`, or all) and wait until it answers."""
        for name, command in self.commands().items():
            if (not names or name in names) and not self.runs(name):
                log = self.folder / f"{name}.log"
                self.running[name] = processes.start(command, log=log, env=self.env)
                if name == "redis":
                    until(self.redis_answers, 20)
        if not names or "web" in names:
            until(self.web_answers, 60)
        if not names or "worker" in names:
            until(lambda: self.runs("worker") and len(processes.children(self.running["worker"])) > 1, 60)

    def runs(self, name):
        return name in self.running and self.running[name].poll() is None

    def kill(self, name):
        processes.kill(self.running[name])

    def kill_children(self, name):
        processes.kill_children(self.running[name])

    def limit_files(self, name, size):
        """No file that its children write may grow beyond `size` bytes: as a full disk."""
        for pid in processes.children(self.running[name]):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def down(self):
        for process in reversed(self.running.values()):
            processes.kill(process)
        self.running.clear()

    # Asking ---------------------------------------------------------------------------------------
    @property
    def redis(self):
        return redis.Redis(port=self.redis_port, socket_timeout=5)

    def redis_answers(self):
        try:
            return self.redis.ping()
        except redis.RedisError:
            return False

    def web_answers(self):
        try:
            return requests.get(self.env["SITE_URL"] + "/account/login/", timeout=10).ok
        except requests.RequestException:
            return False

    def health(self):
        return requests.get(self.env["SITE_URL"] + "/healthz", timeout=30).status_code

    def tell(self, verb, *words, **facts):
        """Have `tests.faults.script` do something; gives its answer."""
        if not self.runs("script"):
            command = [sys.executable, "-m", "tests.faults.script"]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            log = self.folder / "script.log"
            self.running["script"] = processes.start(command, log=log, env=self.env, **pipes)
        script = self.running["script"]
        script.stdin.write(json.dumps([verb, words, facts]) + "\n")
        script.stdin.flush()
        said = script.stdout.readline()
        assert said, (self.folder / "script.log").read_text()[-3000:]
        return json.loads(said)

    def browser(self, name):
        """A browser in which `name` is signed in."""
        return Browser(self.env["SITE_URL"], self.tell("sign_in", name))

    def sign_in_by_form(self, name):
        """Sign in with the password, as a stranger would."""
        said = {"login": f"{name}@example.test", "password": cast.PASSWORD}
        return Browser(self.env["SITE_URL"], "").post("/account/login/", said)

    # The end --------------------------------------------------------------------------------------
    def comes_to_rest(self, seconds=90):
        """Everything is done (waits are cut short), nothing gave up, and nothing is violated."""
        deadline = time.monotonic() + seconds
        while left := self.tell("hurry"):
            assert time.monotonic() < deadline, left
            time.sleep(0.5)
        assert self.tell("dead_letters") == []
        assert self.tell("violations") == ["0 violations"]

    # PostgreSQL -----------------------------------------------------------------------------------
    @contextmanager
    def held(self, table):
        """Whoever wants to write to `table` waits: a moment in the middle of something, as long as we like."""
        with psycopg.connect(self.database_url) as db:
            db.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE')
            yield lambda: until(self.waiting, 40)
            db.rollback()

    def waiting(self):
        """How many wait for a lock."""
        return self.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND {mine}")

    def cut_connections(self):
        """Every connection to the database ends, as when PostgreSQL restarts."""
        return self.sql("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE {mine}")

    def cut_waiting(self):
        """The connections end that stand before a `held` table."""
        return self.sql(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND {mine}"
        )

    def sql(self, query):
        mine = "datname = current_database() AND pid <> pg_backend_pid()"
        with psycopg.connect(self.database_url, autocommit=True) as db:
            return db.execute(query.format(mine=mine)).fetchone()[0]


class Browser:
    """Posts forms as a signed-in person; a redirect is not followed."""

    def __init__(self, site, session_id):
        self.site, self.session = site, requests.Session()
        self.session.cookies.update({"sessionid": session_id, "csrftoken": CSRF})
        self.session.headers["X-CSRFToken"] = CSRF

    def get(self, path):
        return self.session.get(self.site + path, timeout=60, allow_redirects=False)

    def post(self, path, data=None, files=None):
        return self.session.post(self.site + path, data, files=files, timeout=60, allow_redirects=False)
