"""The S3 server hangs: a sentence, and all goes on where it stopped."""

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

import boto3
import pytest

from tests import stage
from tests.faults import processes
from tests.faults.house import House
from tests.faults.processes import until

pytestmark = pytest.mark.faults


@pytest.fixture
def server(tmp_path):
    """An S3 server with an empty bucket: its process and its address."""
    port = processes.free_port()
    command = [Path(sys.executable).with_name("moto_server"), "-p", str(port)]
    process = processes.start(command, log=tmp_path / "s3.log", env=dict(os.environ))
    address = f"http://127.0.0.1:{port}"
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    try:
        until(lambda: _makes(boto3.client("s3", endpoint_url=address, **keys)), 60)
        yield process, address
    finally:
        processes.kill(process)


def _makes(client):
    try:
        return client.create_bucket(Bucket="records")
    except Exception:  # it is still starting
        return False


@pytest.fixture
def house(server, tmp_path):
    house = House(tmp_path / "var", FAULTS_S3=server[1])
    house.folder.mkdir()
    try:
        house.tell("prepare")
        house.up()
        yield house
    finally:
        house.down()


@contextmanager
def hanging(server):
    os.kill(server[0].pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server[0].pid, signal.SIGCONT)


def test_a_store_that_hangs_refuses_uploads_and_delays_deliveries(house, server):
    one = house.tell("submitted")
    owed = house.tell("priced")
    clara, rosa = house.browser("clara"), house.browser("rosa")
    file = ("records.pdf", stage.pdf(2, one), "application/pdf")
    with hanging(server):
        refused = clara.post(f"/inbound/{one}/upload/", files={"files": file})
        rosa.post(f"/requests/{owed['id']}/pay/", owed)
    assert refused.status_code == 422
    assert "The file could not be saved." in refused.text
    assert clara.post(f"/inbound/{one}/upload/", files={"files": file}).status_code == 302
    house.comes_to_rest(150)
    assert house.tell("state", owed["id"]) == "completed"
    assert house.tell("files", one) == 1


def test_a_download_from_a_store_that_hangs_says_to_come_back(house, server):
    one = house.tell("paid")
    house.comes_to_rest(150)
    rosa = house.browser("rosa")
    with hanging(server):
        assert rosa.get(f"/requests/{one}/records/").status_code == 503
    assert rosa.get(f"/requests/{one}/records/").status_code == 200
