// @slack/socket-mode as a process: node socket_mode.js URL APP_TOKEN PING_MS.
"use strict";

const {SocketModeClient} = require("@slack/socket-mode");
const {serve, silent, tell} = require("./lines");

const [slackApiUrl, appToken, ping] = process.argv.slice(2);
const client = new SocketModeClient({
    appToken, logger: silent,
    clientPingTimeout: Number(ping), serverPingTimeout: 6 * Number(ping),
    clientOptions: {slackApiUrl, logger: silent, retryConfig: {retries: 0}},
});
let reply = {acknowledge: true, payload: undefined};

client.on("slack_event", async ({type, body, ack, retry_num: retry}) => {
    if (reply.acknowledge)
        await ack(reply.payload);
    tell({told: type, body, retry, acknowledged: reply.acknowledge});
});
for (const state of ["connected", "reconnecting", "disconnected"])
    client.on(state, () => tell({told: state}));

serve({
    start: async () => (await client.start(), true),
    stop: async () => (await client.disconnect(), true),
    // What is done with what comes from now on.
    reply: next => (reply = next),
});
