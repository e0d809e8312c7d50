"""A real Synapse.

Its limits are out of the way, or at its defaults where a test is about them.
"""

import sys

import yaml

from homeserver import SECRET, Homeserver, new_seed

TOKEN_SECONDS = 2
NO_LIMIT = {"per_second": 9999, "burst_count": 9999}
LIMITS_LIFTED = {
    "rc_message": NO_LIMIT,
    "rc_registration": NO_LIMIT,
    "rc_login": {kind: NO_LIMIT for kind in ("address", "account",
                                             "failed_attempts")},
    "rc_joins": {"local": NO_LIMIT, "remote": NO_LIMIT},
    "rc_joins_per_room": NO_LIMIT,
    "rc_invites": {kind: NO_LIMIT for kind in ("per_room", "per_user",
                                               "per_issuer")},
    "rc_room_creation": NO_LIMIT,
    "rc_admin_redaction": NO_LIMIT,
    "rc_media_create": NO_LIMIT,
    "rc_presence": {"per_user": NO_LIMIT},
}


class Synapse(Homeserver):
    kind = "Synapse"
    alive = "/health"

    def __init__(self, place, default_limits=False, **settings):
        super().__init__(place)
        self.default_limits = default_limits
        self.settings = settings

    def command(self):
        return [sys.executable, "-m", "synapse.app.homeserver", "-c",
                self.inside("homeserver.yaml")]

    def write_config(self):
        with open(self.inside("signing.key"), "w") as key:
            key.write(f"ed25519 a_test {new_seed().rstrip('=')}\n")
        config = {
            "server_name": "localhost",
            "listeners": [{
                "port": self.port,
                "bind_addresses": ["127.0.0.1"],
                "type": "http",
                "resources": [{"names": ["client"]}],
            }],
            "database": {"name": "sqlite3",
                         "args": {"database": self.inside("synapse.db")}},
            "media_store_path": self.inside("media"),
            "signing_key_path": self.inside("signing.key"),
            "pid_file": self.inside("synapse.pid"),
            "registration_shared_secret": SECRET,
            "macaroon_secret_key": SECRET,
            "form_secret": SECRET,
            "trusted_key_servers": [],
            "bcrypt_rounds": 4,
            "report_stats": False,
            "refreshable_access_token_lifetime":
                f"{TOKEN_SECONDS}s",  # for who asks for such a token
        }
        if not self.default_limits:
            config.update(LIMITS_LIFTED)
        config.update(self.settings)
        with open(self.inside("homeserver.yaml"), "w") as file:
            yaml.safe_dump(config, file)
