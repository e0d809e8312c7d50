"""Whether the bot looks whom it speaks to."""

import asyncio
import base64
import os

from slack import certificates
from slack.server import Slack
from slack_bot import account_by_socket, room
from slack_stage import scenario


NOWHERE = "wss.slack.example"  # only a proxy knows where that is


class Proxy:
    """Passes on what it is asked to connect with, which it keeps in asked; every
    name is this machine's."""

    def __init__(self, login=None):
        self.login, self.asked, self.refused = login, [], 0
        self.tasks = set()

    async def start(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def close(self):
        self.server.close()
        for task in self.tasks:
            task.cancel()

    async def serve(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, _ = head.split(" ", 2)
        assert method == "CONNECT", head
        if self.login and f"basic {self.login}" not in head.replace(
                "Basic", "basic"):
            self.refused += 1
            writer.write(b"HTTP/1.1 407 Who are you\r\n\r\n")
            writer.close()
            return
        self.asked.append(target)
        port = target.rsplit(":", 1)[1]
        there = await asyncio.open_connection("127.0.0.1", int(port))
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        for source, sink in ((reader, there[1]), (there[0], writer)):
            task = asyncio.create_task(self.pass_on(source, sink))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    @staticmethod
    async def pass_on(source, sink):
        try:
            while some := await source.read(65536):
                sink.write(some)
                await sink.drain()
        except OSError:
            pass
        sink.close()


async def bot_of(stage, certified, known=True, host="localhost"):
    """A Slack at that host with a certificate for that name or another, and a
    bot that knows who gave it or does not."""
    authority, context = certificates.make(stage.place, certified)
    slack = stage.keep(await Slack(tls=context, host=host).start())
    channel = slack.workspace.add_channel("papers")
    paperboy = stage.paperboy(await stage.feed(), [
        account_by_socket(slack), room("papers", channel)])
    if known:
        paperboy.environment = {**os.environ, "CURL_CA_BUNDLE": authority}
    return slack, paperboy


@scenario()
async def a_socket_over_tls_works_with_a_private_authority(stage):
    slack, paperboy = await bot_of(stage, "localhost")
    await paperboy.tell("check")
    await paperboy.start()
    await slack.sockets.connected()


@scenario()
async def a_socket_goes_through_the_proxy_that_the_environment_names(stage):
    login = base64.b64encode(b"paper:boy").decode()
    proxy = stage.keep(await Proxy(login).start())
    slack, paperboy = await bot_of(stage, NOWHERE, host=NOWHERE)
    paperboy.environment |= {
        "https_proxy": f"http://paper:boy@127.0.0.1:{proxy.port}"}
    await paperboy.tell("check")
    await paperboy.start()
    await slack.sockets.connected()
    await paperboy.close()
    port = slack.url.rsplit(":", 1)[1]
    assert slack.sockets.ever == 1
    assert len(proxy.asked) >= 3 and set(proxy.asked) == {
        f"{NOWHERE}:{port}"}, proxy.asked

    reached = len(proxy.asked)
    paperboy.environment |= {"no_proxy": "slack.example"}
    code, out, complaint = await paperboy.ask("check")
    assert code == 1 and len(proxy.asked) == reached, out + complaint

    del paperboy.environment["no_proxy"]
    paperboy.environment["https_proxy"] = f"http://127.0.0.1:{proxy.port}"
    code, out, complaint = await paperboy.ask("check")
    assert code == 1 and "407" in out + complaint, out + complaint
    await paperboy.start()
    await paperboy.says("Socket Mode has lost a connection")
    assert slack.sockets.ever == 1 and proxy.refused > 0


@scenario()
async def a_certificate_for_another_name_or_from_nobody_is_refused(stage):
    for certified, known in (("slack.example", True), ("localhost", False)):
        slack, paperboy = await bot_of(stage, certified, known)
        code, out, complaint = await paperboy.ask("check")
        assert code == 1, out + complaint
        assert "certificate" in (out + complaint).lower(), out + complaint
        await paperboy.start()
        await paperboy.says("certificate")
        assert slack.sockets.ever == 0 and slack.called == []
        await paperboy.close()
