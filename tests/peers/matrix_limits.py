"""Synapse as it is installed: its rate limits are not out of the way."""

import os

from feed import made_up_papers
from paperboy import account, channel
from people import messages_of
from synapse import Synapse
from world import scenario

ROOMS = 30
# rc_message, Synapse's default for each account.
PER_SECOND = 0.2
BURST = 10
PATIENCE = 1.15  # what we may take, as a share of the least there is
PATIENCE_SECONDS = 3


async def rooms_of(server, admin, bot):
    """Made without limits, so that setting up takes no share of them."""
    limits = (f"/_synapse/admin/v1/users/{bot.user_id}/override_ratelimit")
    await server.ask("POST", limits, {"messages_per_second": 0,
                                      "burst_count": 0}, admin.token)
    rooms = []
    for _ in range(ROOMS):
        made = await server.ask("POST", "/_matrix/client/v3/createRoom",
                                {"preset": "public_chat"}, bot.token)
        rooms.append(made["room_id"])
    await server.ask("DELETE", limits, token=admin.token)
    return rooms


@scenario(beside=True, seconds=300)
async def thirty_rooms_get_their_digest_as_fast_as_default_limits_let_them(
        stage):
    server = stage.keep(await Synapse(os.path.join(stage.place, "synapse"),
                                      default_limits=True).start())
    admin = await server.register("admin", admin=True)
    bot = await server.register("paperboy")
    rooms = await rooms_of(server, admin, bot)
    reader = await stage.device(bot, server)

    feed = await stage.feed(made_up_papers(12))
    paperboy = stage.paperboy(feed, [account(bot, server.url)] + [
        channel(f"room{i}", room) for i, room in enumerate(rooms)])
    await (await paperboy.age_channels()).start()

    arrivals = []
    for room in rooms:
        events = await reader.sees(room, messages_of(bot.user_id),
                                   "its digest", seconds=240)
        arrivals += [event["origin_server_ts"] for event in events]
    seconds = (max(arrivals) - min(arrivals)) / 1000
    await paperboy.close()
    rows = await paperboy.outbox()
    assert len(rows) == len(arrivals) == ROOMS, (len(rows), len(arrivals))
    assert all(row["state"] == "sent" for row in rows)
    for room in rooms:
        assert len(reader.all_seen(room, messages_of(bot.user_id))) == 1
    floor = (len(arrivals) - BURST) / PER_SECOND
    refused = sum(row["attempts"] - 1 for row in rows)
    stage.tell(f"{len(arrivals)} messages to {ROOMS} rooms in {seconds:.1f} s; "
               f"the limit ({PER_SECOND}/s, burst {BURST}) allows no less than "
               f"{floor:.1f} s; put off {refused} times; none lost")
    assert seconds <= floor * PATIENCE + PATIENCE_SECONDS
