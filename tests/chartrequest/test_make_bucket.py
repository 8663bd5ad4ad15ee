import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from storages.backends.s3 import S3Storage

from deploy.make_bucket import make


@pytest.fixture
def storage():
    with mock_aws():
        yield S3Storage(bucket_name="records", access_key="k", secret_key="s", region_name="us-east-1")


def test_it_is_made_once(storage):
    assert make(storage) is True
    assert make(storage) is False
    assert [bucket.name for bucket in boto3.resource("s3").buckets.all()] == ["records"]


def test_a_refusal_of_the_server_stops_the_start(storage, monkeypatch):
    refusal = {"Error": {"Code": "403"}, "ResponseMetadata": {"HTTPStatusCode": 403}}

    def refuse(**_named):
        raise ClientError(refusal, "HeadBucket")

    monkeypatch.setattr(storage.connection.meta.client, "head_bucket", refuse)
    with pytest.raises(ClientError):
        make(storage)
