"""Whether the bot looks whom it speaks to."""

import os

from slack import certificates
from slack.server import Slack
from slack_bot import account_by_socket, room
from slack_stage import scenario


async def bot_of(stage, certified, known=True):
    """A Slack at localhost with a certificate for that name or another, and a
    bot that knows who gave it or does not."""
    authority, context = certificates.make(stage.place, certified)
    slack = stage.keep(await Slack(tls=context, host="localhost").start())
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
