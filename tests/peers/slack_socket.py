"""The bot down Socket Mode, where connections end, are changed and go deaf."""

import asyncio
import signal

from slack_hears import BY_SOCKET, hears, scenario

COMMANDS = 30
READ_AGAIN = 3
HALF_OPEN_SECONDS = 60


@scenario(ways=[BY_SOCKET])
async def a_connection_that_is_refreshed_is_opened_anew_before_it_is_let_go(
        stage, way):
    here = await hears(stage, way)
    sockets = here.slack.sockets
    for _ in range(2):
        [old], ever = sockets.working(), sockets.ever
        assert await sockets.refresh(old), "let go before there was another"
        await here.answer(here.ada, "help")
        assert sockets.ever == ever + 1, sockets.ever - ever
    assert sockets.complaints == [], sockets.complaints


@scenario(ways=[BY_SOCKET], seconds=200)
async def commands_are_neither_lost_nor_answered_twice_while_connections_change(
        stage, way):
    here = await hears(stage, way)
    sockets = here.slack.sockets
    people = [here.slack.person(f"person{i}", channels=[here.channel])
              for i in range(COMMANDS)]

    async def change():
        for _ in range(3):
            assert await sockets.refresh(sockets.working()[0])

    changing = asyncio.create_task(change())
    deliveries = []
    for person in people:
        deliveries.append(await person.command(here.channel, "help"))
        await asyncio.sleep(0.1)
    await changing
    assert all(delivery.ok for delivery in deliveries), [
        delivery.last.body for delivery in deliveries]
    await here.slack.comes_to(
        lambda: all(person.sees(here.channel) for person in people),
        "an answer to each", seconds=90)
    await here.answer(here.ada, "help")
    assert [len(person.sees(here.channel)) for person in people] == [
        1] * COMMANDS
    stage.tell(f"{COMMANDS} commands over {sockets.ever} connections, one "
               "answer to each")


@scenario(seconds=200)
async def no_command_is_lost_while_the_configuration_is_read_again(stage, way):
    here = await hears(stage, way)
    ever = here.slack.sockets.ever
    people = [here.slack.person(f"person{i}", channels=[here.channel])
              for i in range(COMMANDS)]

    async def read_again():
        for times in range(1, READ_AGAIN + 1):
            here.paperboy.strike(signal.SIGHUP)
            await here.paperboy.says("paperboy runs", times=times + 1)

    reading = asyncio.create_task(read_again())
    deliveries = []
    for person in people:
        deliveries.append(await person.command(here.channel, "help"))
        await asyncio.sleep(0.05)
    await reading
    assert all(delivery.ok for delivery in deliveries), [
        delivery.last.body for delivery in deliveries]
    await here.slack.comes_to(
        lambda: all(person.sees(here.channel) for person in people),
        "an answer to each", seconds=90)
    await here.answer(here.ada, "help")
    assert [len(person.sees(here.channel)) for person in people] == [
        1] * COMMANDS
    assert here.slack.sockets.ever == ever, "another connection was made"
    stage.tell(f"{COMMANDS} commands while the configuration was read "
               f"{READ_AGAIN} times")


@scenario(ways=[BY_SOCKET])
async def a_connection_that_went_deaf_is_noticed_and_replaced(stage, way):
    here = await hears(stage, way)
    sockets = here.slack.sockets
    sockets.working()[0].deaf.set()
    await sockets.connected(seconds=HALF_OPEN_SECONDS)
    await here.answer(here.ada, "help")


@scenario(ways=[BY_SOCKET])
async def a_connection_that_breaks_is_made_again(stage, way):
    here = await hears(stage, way)
    sockets = here.slack.sockets
    for _ in range(3):
        ever = sockets.ever
        sockets.working()[0].socket._req.transport.abort()
        await here.slack.comes_to(
            lambda: sockets.ever > ever and sockets.working(), "another")
        await here.answer(here.ada, "help")


@scenario(ways=[BY_SOCKET])
async def a_link_that_is_switched_off_is_told_and_waits(stage, way):
    here = await hears(stage, way)
    sockets = here.slack.sockets
    sockets.disabled = True
    await sockets.end(sockets.working()[0], "link_disabled")
    await here.paperboy.says("Socket Mode")
    opened = len(here.slack.calls("apps.connections.open"))
    await asyncio.sleep(3)
    assert len(here.slack.calls("apps.connections.open")) - opened <= 2
