"""A real Dendrite, the other homeserver that can be had: built from its Go
modules by setup.sh."""

import asyncio
import os

import yaml

from homeserver import SECRET, Homeserver, new_seed

PROGRAM = os.path.abspath("build/peers/dendrite/dendrite")
DATABASES = ("federation_api", "key_server", "media_api", "mscs", "relay_api",
             "room_server", "sync_api")


async def build():
    """True if there is one."""
    making = await asyncio.create_subprocess_exec(
        "tests/peers/setup.sh", "dendrite", stdin=asyncio.subprocess.DEVNULL)
    await making.wait()
    return making.returncode == 0 and os.path.exists(PROGRAM)


class Dendrite(Homeserver):
    kind = "Dendrite"
    alive = "/_matrix/client/versions"

    def command(self):
        return [PROGRAM, "-config", self.inside("dendrite.yaml"),
                "-http-bind-address", f"127.0.0.1:{self.port}"]

    def write_config(self):
        with open(self.inside("signing.pem"), "w") as key:
            key.write("-----BEGIN MATRIX PRIVATE KEY-----\n"
                      f"Key-ID: ed25519:test\n\n{new_seed()}\n"
                      "-----END MATRIX PRIVATE KEY-----\n")
        database = lambda name: {"connection_string": f"file:{name}.db"}
        config = {name: {"database": database(name)} for name in DATABASES}
        config.update({
            "version": 2,
            "global": {"server_name": "localhost",
                       "private_key": self.inside("signing.pem"),
                       "disable_federation": True,
                       "jetstream": {"in_memory": True,
                                     "storage_path": self.place}},
            "client_api": {"registration_disabled": True,
                           "registration_shared_secret": SECRET,
                           "rate_limiting": {"enabled": False}},
            "user_api": {"bcrypt_cost": 4,
                         "account_database": database("users"),
                         "device_database": database("devices")}})
        config["federation_api"]["key_perspectives"] = []
        config["media_api"]["base_path"] = self.inside("media")
        with open(self.inside("dendrite.yaml"), "w") as file:
            yaml.safe_dump(config, file)
