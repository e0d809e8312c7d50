// @slack/webhook, with an agent that keeps its connections.
const { IncomingWebhook } = require("@slack/webhook");
const http = require("http");
const deliver = require("./deliver_messages.js");

const webhook = new IncomingWebhook(
  `${process.env.DELIVER_URL}/services/T0/B0/secret`,
  { agent: new http.Agent({ keepAlive: true }) });
deliver((message) => webhook.send(message));
