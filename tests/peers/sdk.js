// matrix-bot-sdk as a process: each line of standard input calls a method of
// its MatrixClient, {"id", "call", "arguments"}; each line of standard output
// is an answer, {"id", "result" or "error"}, or an event that it got from
// /sync, {"room", "event"}.  Ends when its input does.
"use strict";

const readline = require("readline");
const {LogService, MatrixClient, MemoryStorageProvider} =
    require("matrix-bot-sdk");

// What it logs would stand between the answers; a call that fails is one.
LogService.setLogger({
    trace() {}, debug() {}, info() {}, warn() {}, error() {},
});

const [homeserver, token] = process.argv.slice(2);
const client = new MatrixClient(homeserver, token, new MemoryStorageProvider());

function tell(said) {
    process.stdout.write(JSON.stringify(said) + "\n");
}

async function answer({id, call, arguments: values}) {
    try {
        tell({id, result: await client[call](...values)});
    } catch (error) {
        tell({id, error: String(error.body ? JSON.stringify(error.body)
            : error.message || error)});
    }
}

client.on("room.event", (room, event) => tell({room, event}));
client.on("room.invite", (room, event) => tell({room, event}));
client.on("room.leave", (room, event) => tell({room, event}));

readline.createInterface({input: process.stdin})
    .on("line", line => answer(JSON.parse(line)))
    .on("close", () => process.exit(0));
