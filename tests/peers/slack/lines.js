// A process that is told what to do: each line of standard input is a call,
// {"id", "call", "arguments"}; each line of standard output is an answer, {"id",
// "result" or "error"}, or what happened, {"told", ...}.  Ends when its input
// does.
"use strict";

const readline = require("readline");

function tell(said) {
    process.stdout.write(JSON.stringify(said) + "\n");
}

// What is in an error of Slack's packages: its code, and Slack's own word.
function shown(error) {
    const response = (error.original || {}).response || {};
    return {
        code: error.code, message: error.message,
        word: (error.data || {}).error || response.data,
        details: ((error.data || {}).response_metadata || {}).messages,
        needed: (error.data || {}).needed,
        status: response.status || error.statusCode,
        retryAfter: error.retryAfter,
    };
}

async function answer(calls, {id, call, arguments: values}) {
    try {
        tell({id, result: (await calls[call](...values)) ?? null});
    } catch (error) {
        tell({id, error: shown(error)});
    }
}

function serve(calls) {
    readline.createInterface({input: process.stdin})
        .on("line", line => answer(calls, JSON.parse(line)))
        .on("close", () => process.exit(0));
    tell({told: "ready"});
}

// Nothing that a package logs may stand between the answers.
const silent = {
    debug() {}, info() {}, warn() {}, error() {},
    setLevel() {}, getLevel: () => "error", setName() {},
};

module.exports = {serve, shown, silent, tell};
