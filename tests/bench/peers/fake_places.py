"""What bots talk to while they have nothing to do, on loopback: a homeserver
whose /sync waits, Slack's Web API with Socket Mode, feeds without papers.

Prints one line PLACES_URL=…, and ends when standard input does.
"""

import asyncio
import sys

from aiohttp import web

BOT = "@bot:example.org"
ROOM = "!room:example.org"
SYNC_SECONDS = 30

EMPTY_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>cs.LG updates on arXiv.org</title>
<link>http://rss.arxiv.org/rss/cs.LG</link>
<skipDays><day>Sunday</day><day>Saturday</day></skipDays>
</channel></rss>
"""

MATRIX = {
    "/_matrix/client/versions": {"versions": ["v1.1", "v1.11"]},
    "/_matrix/client/v3/account/whoami": {"user_id": BOT, "device_id": "DEV"},
    "/_matrix/client/v3/joined_rooms": {"joined_rooms": [ROOM]},
    "/_matrix/client/v3/login": {"flows": [{"type": "m.login.password"}]},
}
SLACK = {
    "auth.test": {"ok": True, "url": "https://example.org/", "team": "Lab",
                  "user": "paperboy", "team_id": "T0", "user_id": "U0BOT",
                  "bot_id": "B0BOT", "is_enterprise_install": False},
    "bots.info": {"ok": True, "bot": {"id": "B0BOT", "app_id": "A0"}},
}


def sync_answer(place):
    return {"next_batch": place, "rooms": {}, "presence": {"events": []},
            "to_device": {"events": []}, "account_data": {"events": []},
            "device_lists": {"changed": [], "left": []},
            "device_one_time_keys_count": {}}


async def sync(request):
    if "since" in request.query:
        await asyncio.sleep(SYNC_SECONDS)
    return web.json_response(sync_answer("s1"))


async def matrix(request):
    path = request.path.replace("/r0/", "/v3/")
    if path.endswith("/sync"):
        return await sync(request)
    if path.endswith("/filter"):
        return web.json_response({"filter_id": "1"})
    return web.json_response(MATRIX.get(path, {}))


async def slack(request):
    method = request.path.rpartition("/")[2]
    if method == "apps.connections.open":
        host = request.host
        return web.json_response({"ok": True, "url": f"ws://{host}/socket"})
    return web.json_response(SLACK.get(method, {"ok": True}))


async def socket(request):
    websocket = web.WebSocketResponse(autoping=True)
    await websocket.prepare(request)
    await websocket.send_json({
        "type": "hello", "num_connections": 1,
        "connection_info": {"app_id": "A0"},
        "debug_info": {"host": "fake", "approximate_connection_time": 18060}})
    async for _ in websocket:
        pass
    return websocket


async def feed(_):
    return web.Response(text=EMPTY_FEED, content_type="application/rss+xml")


async def nothing(_):
    return web.json_response([])


async def main():
    app = web.Application()
    app.router.add_route("*", "/_matrix/{rest:.*}", matrix)
    app.router.add_route("*", "/api/{rest:.*}", slack)
    app.router.add_get("/socket", socket)
    app.router.add_get("/rss/{category}", feed)
    app.router.add_route("*", "/{rest:.*}", nothing)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    print(f"PLACES_URL=http://127.0.0.1:{port}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


asyncio.run(main())
