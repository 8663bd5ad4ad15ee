#!/bin/sh
# Starts SeaweedFS as an S3 server that knows one pair of keys, read from the secret files.
set -eu
umask 077
cat >/tmp/s3.json <<JSON
{"identities": [{"name": "chartrequest",
                 "credentials": [{"accessKey": "$(cat /run/secrets/s3_access_key)",
                                  "secretKey": "$(cat /run/secrets/s3_secret_key)"}],
                 "actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}
JSON
exec weed server -dir=/data -master.volumeSizeLimitMB=1024 -volume.max=0 -filer -s3 -s3.port=8333 -s3.config=/tmp/s3.json
