"""Asks this container's own web process for /healthz, as the proxy would; exit code 0 where it is well."""

import os
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit


def main():
    host = urlsplit(os.environ.get("SITE_URL", "")).netloc or "localhost"
    port = int(os.environ.get("BIND", ":8000").rpartition(":")[2])
    web = HTTPConnection("127.0.0.1", port, timeout=8)
    web.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
    return web.getresponse().status != 200


if __name__ == "__main__":
    sys.exit(main())
