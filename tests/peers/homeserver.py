"""Real Matrix homeservers, each on a free port of 127.0.0.1 with a database of
its own: what they have in common."""

import asyncio
import base64
import hashlib
import hmac
import os
import socket
import subprocess

import aiohttp

SECRET = "known to the tests alone"
START_SECONDS = 60


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def new_seed():
    """Of a signing key: 32 bytes in base64."""
    return base64.b64encode(os.urandom(32)).decode()


class Login:
    """Somebody's account there, and one device of it."""

    def __init__(self, answer, password):
        self.user_id = answer["user_id"]
        self.token = answer["access_token"]
        self.device_id = answer["device_id"]
        self.password = password


class Homeserver:
    """A kind says what its answer to "are you there" comes from, what it is
    called, writes its configuration and names its command."""

    def __init__(self, place):
        self.place = place
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.http = None
        self.log = os.path.join(place, "homeserver.log")

    def inside(self, name):
        return os.path.join(self.place, name)

    async def start(self):
        os.makedirs(self.place, exist_ok=True)
        self.write_config()
        self.http = aiohttp.ClientSession()
        await self.run()
        return self

    async def run(self):
        """Begins, or begins again on the same database and port."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command(), cwd=self.place, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log)
        for _ in range(START_SECONDS * 10):
            if self.process.poll() is not None:
                break
            try:
                async with self.http.get(self.url + self.alive) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
        raise RuntimeError(f"{self.kind} does not start, see {self.log}")

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
