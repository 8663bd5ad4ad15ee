"""The files a production installation is made of fit together."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

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


def test_the_proxy_writes_down_no_address_in_full():
    log = re.search(r"log_format[^;]+;", (ROOT / "deploy/nginx.conf").read_text()).group()
    assert not re.search(r"\$(request|request_uri|uri|args|query_string|http_referer)\b", log)


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
