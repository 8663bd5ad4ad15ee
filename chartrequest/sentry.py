"""Errors told to Sentry, only where SENTRY_DSN is set, and without what may be health information."""

import sentry_sdk
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.integrations.stdlib import StdlibIntegration


def watch(dsn, *, release, environment):
    """Start telling. What is kept: type and place of an error, the address's pattern, the release."""
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        environment=environment,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=True,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        send_client_reports=False,
        auto_session_tracking=False,
        integrations=[LoggingIntegration(level=None, event_level=None)],
        # It would write into the environment of our child programs, which get none of ours.
        disabled_integrations=[StdlibIntegration()],
        before_send=strip,
    )


def strip(event, _hint=None):
    """Take out messages, requests, people and arguments: each may quote what somebody typed."""
    for name in ("request", "user", "breadcrumbs", "extra", "logentry", "message"):
        event.pop(name, None)
    for error in event.get("exception", {}).get("values", []):
        error["value"] = ""
    for context in set(event.get("contexts", {})) - {"runtime", "os", "trace"}:
        del event["contexts"][context]
    return event
