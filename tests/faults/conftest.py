"""`house`: everything runs, and runs again before each test. Fails where CI has no PostgreSQL or Redis."""

import os
import shutil

import psycopg
import pytest
from psycopg import sql

from tests.faults.house import House
from tests.faults.processes import free_port

SERVER = os.environ.get("FAULTS_POSTGRES", "postgres://postgres@127.0.0.1:5432")


def pytest_collection_modifyitems(config, items):
    """Every run has the short ones; `-m faults` has all."""
    if "faults" in (config.option.markexpr or ""):
        return
    long = [
        item for item in items if (mark := item.get_closest_marker("faults")) and not mark.kwargs.get("short")
    ]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in set(long)]


@pytest.fixture(scope="session")
def database():
    """The address of a new, empty database."""
    name = f"test_faults_{os.getpid()}"
    try:
        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        _not_here("PostgreSQL")
    with server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{SERVER}/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def _started(database, tmp_path_factory):
    if not shutil.which("redis-server"):
        _not_here("redis-server")
    house = House(tmp_path_factory.mktemp("house"), database_url=database, redis_port=free_port())
    try:
        house.up("redis")
        house.tell("prepare")
        yield house
    finally:
        house.down()


@pytest.fixture
def house(_started):
    """PostgreSQL, a Redis of its own, web, worker, beat."""
    _started.up()
    return _started


@pytest.fixture
def embedded(tmp_path):
    """The default installation: SQLite, and a folder as broker."""
    house = House(tmp_path / "var")
    house.folder.mkdir()
    try:
        house.tell("prepare")
        house.up()
        yield house
    finally:
        house.down()


def _not_here(what):
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"needs {what}")
