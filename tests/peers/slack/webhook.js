// @slack/webhook as a process.
"use strict";

const {IncomingWebhook} = require("@slack/webhook");
const {serve} = require("./lines");

serve({
    send: (url, message) => new IncomingWebhook(url).send(message),
});
