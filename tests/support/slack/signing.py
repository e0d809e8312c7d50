"""How an app knows that Slack speaks: docs.slack.dev, "Verifying requests from
Slack"."""

import hashlib
import hmac
import time


def signature(secret, timestamp, body):
    """Of the raw bytes."""
    signed = b"v0:%s:%s" % (str(timestamp).encode(), body)
    return "v0=" + hmac.new(secret.encode(), signed,
                            hashlib.sha256).hexdigest()


def headers(secret, body, timestamp=None):
    timestamp = int(time.time()) if timestamp is None else timestamp
    return {"X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": signature(secret, timestamp, body)}
