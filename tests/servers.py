"""Whether PostgreSQL or Redis answers, and tidying up after a run: for bin/test and bin/bench.

python -m tests.servers answers URL      exit code 0 where the server answers
python -m tests.servers create URL NAME  makes an empty database
python -m tests.servers drop URL PREFIX  drops the test databases of one run
"""

import sys

import psycopg
import psycopg.sql
import redis


def answers(url):
    if url.startswith("redis"):
        redis.Redis.from_url(url, socket_connect_timeout=3).ping()
    else:
        psycopg.connect(url, connect_timeout=3).close()


def create(url, name):
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))


def drop(url, prefix):
    with psycopg.connect(url, autocommit=True) as server:
        names = "SELECT datname FROM pg_database WHERE datname = %s OR starts_with(datname, %s)"
        for (name,) in server.execute(names, [prefix, f"{prefix}_gw"]).fetchall():
            server.execute(
                psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(psycopg.sql.Identifier(name))
            )


if __name__ == "__main__":
    {"answers": answers, "create": create, "drop": drop}[sys.argv[1]](*sys.argv[2:])
