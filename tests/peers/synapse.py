"""A real Synapse on a free port of 127.0.0.1, with a database of its own.

Its limits are out of the way, or at its defaults where a test is about them.
"""

import asyncio
import base64
import hashlib
import hmac
import os
import socket
import subprocess
import sys

import aiohttp
import yaml

SECRET = "known to the tests alone"
START_SECONDS = 60
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


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Login:
    """Somebody's account there, and one device of it."""

    def __init__(self, answer, password):
        self.user_id = answer["user_id"]
        self.token = answer["access_token"]
        self.device_id = answer["device_id"]
        self.password = password


class Synapse:
    def __init__(self, place, default_limits=False, **settings):
        self.place = place
        self.settings = settings
        self.default_limits = default_limits
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.http = None
        self.log = os.path.join(place, "synapse.log")

    def write_config(self):
        os.makedirs(self.place, exist_ok=True)
        seed = base64.b64encode(os.urandom(32)).decode().rstrip("=")
        inside = lambda name: os.path.join(self.place, name)
        with open(inside("signing.key"), "w") as key:
            key.write(f"ed25519 a_test {seed}\n")
        config = {
            "server_name": "localhost",
            "listeners": [{
                "port": self.port,
                "bind_addresses": ["127.0.0.1"],
                "type": "http",
                "resources": [{"names": ["client"]}],
            }],
            "database": {"name": "sqlite3",
                         "args": {"database": inside("synapse.db")}},
            "media_store_path": inside("media"),
            "signing_key_path": inside("signing.key"),
            "pid_file": inside("synapse.pid"),
            "registration_shared_secret": SECRET,
            "macaroon_secret_key": SECRET,
            "form_secret": SECRET,
            "trusted_key_servers": [],
            "bcrypt_rounds": 4,
            "report_stats": False,
            "ip_range_blacklist": [],
        }
        if not self.default_limits:
            config.update(LIMITS_LIFTED)
        config.update(self.settings)
        with open(inside("homeserver.yaml"), "w") as file:
            yaml.safe_dump(config, file)

    async def start(self):
        self.write_config()
        self.http = aiohttp.ClientSession()
        await self.run()
        return self

    async def run(self):
        """Begins, or begins again on the same database and port."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "synapse.app.homeserver", "-c",
                 os.path.join(self.place, "homeserver.yaml")],
                cwd=self.place, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log)
        for _ in range(START_SECONDS * 10):
            if self.process.poll() is not None:
                break
            try:
                async with self.http.get(self.url + "/health") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
        raise RuntimeError("Synapse does not start, see " + self.log)

    async def stop(self):
        if self.process is not None:
            self.process.terminate()
            try:
                await asyncio.to_thread(self.process.wait, 10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    async def close(self):
        await self.stop()
        if self.http is not None:
            await self.http.close()

    async def ask(self, method, path, body=None, token=None):
        """The answer's JSON; anything but 2xx raises."""
        headers = {"Authorization": "Bearer " + token} if token else {}
        async with self.http.request(method, self.url + path, json=body,
                                     headers=headers) as answer:
            said = await answer.json()
            if answer.status // 100 != 2:
                raise RuntimeError(f"{method} {path}: {answer.status} {said}")
            return said

    async def register(self, name, admin=False):
        path = "/_synapse/admin/v1/register"
        nonce = (await self.ask("GET", path))["nonce"]
        password = name + " knows it"
        mac = hmac.new(SECRET.encode(), digestmod=hashlib.sha1)
        mac.update("\0".join([nonce, name, password,
                              "admin" if admin else "notadmin"]).encode())
        answer = await self.ask("POST", path, {
            "nonce": nonce, "username": name, "password": password,
            "admin": admin, "mac": mac.hexdigest()})
        return Login(answer, password)

    async def log_in(self, login):
        """Another device of theirs."""
        return Login(await self.ask("POST", "/_matrix/client/v3/login", {
            "type": "m.login.password", "password": login.password,
            "identifier": {"type": "m.id.user", "user": login.user_id}}),
            login.password)
