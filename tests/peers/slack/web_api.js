// @slack/web-api as a process: node web_api.js URL TOKEN.
"use strict";

const {WebClient} = require("@slack/web-api");
const {serve, silent} = require("./lines");

const [slackApiUrl, token] = process.argv.slice(2);
const hasty = {
    slackApiUrl, logger: silent, retryConfig: {retries: 0},
    rejectRateLimitedCalls: true,
};
const client = new WebClient(token, hasty);
const patient = new WebClient(token, {
    slackApiUrl, logger: silent,
    retryConfig: {retries: 3, minTimeout: 50, maxTimeout: 100},
});

serve({
    call: (method, values) => client.apiCall(method, values),
    // Waits where it is told to, and asks again where nothing came.
    ask: (method, values) => patient.apiCall(method, values),
    callAs: (other, method, values) =>
        new WebClient(other, hasty).apiCall(method, values),
    pages: async (method, values) => {
        const found = [];
        for await (const page of client.paginate(method, values))
            found.push(page);
        return found;
    },
});
