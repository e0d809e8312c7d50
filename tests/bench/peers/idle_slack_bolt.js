// The least bot of @slack/bolt, in Socket Mode: it would hear a command.
const { App, LogLevel } = require("@slack/bolt");

const app = new App({
  token: "xoxb-made-up",
  appToken: "xapp-made-up",
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.PLACES_URL + "/api/" },
});
app.command("/paper", async ({ ack }) => ack());
app.start();
setImmediate(() => console.log("ready"));
