"""The files a production installation is made of fit together."""

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
import yaml
from django.urls import reverse

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize("name", ["proxy", "web", "worker", "beat", "postgres", "redis", "s3", "clamd"])
def test_each_service_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_mounts_only_secrets_that_exist(name):
    assert set(SERVICES[name].get("secrets", [])) <= set(COMPOSE["secrets"])


def test_every_secret_comes_from_a_file_that_git_ignores():
    for secret in COMPOSE["secrets"].values():
        ignored = subprocess.run(["git", "check-ignore", "-q", secret["file"]], cwd=ROOT, check=False)
        assert ignored.returncode == 0, secret


def test_no_secret_stands_in_the_environment():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|_KEY", name):
                assert name.endswith("_FILE")
                assert value.startswith("/run/secrets/")


def test_a_file_named_in_the_environment_is_mounted():
    web = SERVICES["web"]
    named = {Path(value).name for value in web["environment"].values() if value.startswith("/run/secrets/")}
    assert named == set(web["secrets"])


def test_what_keeps_data_has_no_way_out():
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "redis", "s3"):
        assert SERVICES[name]["networks"] == ["inside"]
        assert "ports" not in SERVICES[name]


def test_redis_keeps_tasks_over_a_restart():
    command = " ".join(SERVICES["redis"]["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_web_waits_for_the_migrations():
    assert SERVICES["web"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_there_is_one_beat():
    assert SERVICES["beat"]["deploy"]["replicas"] == 1


def test_compose_reads_it():
    if not (command := _compose()):
        pytest.skip("needs docker compose")
    subprocess.run([*command, "config", "--quiet"], cwd=ROOT, check=True)


def test_nginx_reads_its_configuration(tmp_path):
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx:
        pytest.skip("needs nginx")
    made = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=x -keyout {tmp_path}/tls_key"
    subprocess.run(
        [*made.split(), "-out", tmp_path / "tls_certificate"], check=True, capture_output=True, timeout=60
    )
    written = (ROOT / "deploy/nginx.conf").read_text()
    (tmp_path / "nginx.conf").write_text(
        written.replace("/run/secrets/", f"{tmp_path}/").replace("pid /tmp/", f"pid {tmp_path}/")
    )
    checked = subprocess.run(
        [nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


@pytest.fixture
def proxy(tmp_path):
    """nginx with its real configuration before a web container that answers nothing: (its port, the container)."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx:
        pytest.skip("needs nginx")
    with socket.create_server(("127.0.0.1", 0)) as web, socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        door.close()
        inner, outer = f"127.0.0.1:{web.getsockname()[1]}", f"127.0.0.1:{port}"
        written = _without_other_servers((ROOT / "deploy/nginx.conf").read_text()).replace("web:8000", inner)
        written = re.sub(r"listen \[::\][^;]*;|ssl_\w+ [^;]*;", "", written)
        written = re.sub(r"listen 443[^;]*;", f"listen {outer};", written)
        (tmp_path / "nginx.conf").write_text(re.sub(r"pid [^;]*;", f"pid {tmp_path}/pid;", written))
        process = subprocess.Popen([nginx, "-c", tmp_path / "nginx.conf", "-g", "daemon off;"])
        try:
            web.settimeout(3)
            yield port, web
        finally:
            process.terminate()
            process.wait(10)


def _without_other_servers(written):
    """The first server only sends browsers to TLS, the last is the health check's."""
    first, last = written.index("  server {"), written.index("  # For the container's own")
    main = written.index("  server {", first + 1)
    return written[:first] + written[main:last] + "}\n"


def _begin_to_send(port, address):
    """A POST of which one letter has come; nginx may need a moment to listen."""
    for _try in range(50):
        try:
            visitor = socket.create_connection(("127.0.0.1", port), timeout=5)
            break
        except OSError:
            time.sleep(0.1)
    head = f"POST {address} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na"
    visitor.sendall(head.encode())
    return visitor


@pytest.mark.parametrize(
    "address", ["/account/login/", "/sign/birth-date/", "/billing/stripe/", "/new/1/case/"]
)
def test_a_form_that_comes_slowly_holds_no_web_container(proxy, address):
    port, web = proxy
    with _begin_to_send(port, address) as visitor:
        with pytest.raises(TimeoutError):
            web.accept()
        visitor.sendall(b"a" * 999)
        web.accept()[0].close()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("upload_records", ["4820117394"]),
        ("request_correct", ["4820117394"]),
        ("request_correct_authorization", ["4820117394"]),
        ("wizard_authorization_upload", [1, "4820117394"]),
    ],
)
def test_a_file_is_not_collected_by_the_proxy(proxy, name, args):
    port, web = proxy
    with _begin_to_send(port, reverse(name, args=args)):
        web.accept()[0].close()


def test_the_proxy_writes_down_no_address_in_full():
    log = re.search(r"log_format[^;]+;", (ROOT / "deploy/nginx.conf").read_text()).group()
    assert not re.search(r"\$(request|request_uri|uri|args|query_string|http_referer)\b", log)


def test_the_proxy_writes_no_address_where_something_fails():
    """The words of its errors hold the request's first line, and no setting shortens them."""
    assert re.findall(r"error_log \S+ (\w+);", (ROOT / "deploy/nginx.conf").read_text()) == ["crit"]


def test_the_image_runs_as_nobody_in_particular():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER chartrequest" in lines
    assert any("--require-hashes" in line for line in lines)


def _compose():
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    plugin = shutil.which("docker") and subprocess.run(
        ["docker", "compose", "version"], capture_output=True, check=False
    )
    return ["docker", "compose"] if plugin and plugin.returncode == 0 else None
