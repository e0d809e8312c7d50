// @slack/bolt as a process, an app that does what the bot does: node bolt.js URL
// BOT_TOKEN SECRET for its HTTP receiver, with APP_TOKEN as a fourth for Socket
// Mode.
"use strict";

const {App} = require("@slack/bolt");
const {serve, silent, tell} = require("./lines");

const [slackApiUrl, token, signingSecret, appToken] = process.argv.slice(2);
const clientOptions = {slackApiUrl, logger: silent, retryConfig: {retries: 0}};
const app = new App({
    token, logger: silent, clientOptions,
    ...(appToken ? {appToken, socketMode: true} : {signingSecret}),
    ...(appToken ? {installerOptions: {clientOptions}} : {}),
});
const kept = new Set();
let quiet = false; // hears and acknowledges, but answers nothing

app.use(async ({body, next, context}) => {
    tell({told: body.type || "command", body, retry: context.retryNum});
    await next();
});

app.command("/paper", async ({command, ack, respond}) => {
    await ack();
    if (quiet)
        return;
    await respond({
        text: "you said " + command.text, response_type: "ephemeral",
        blocks: [
            {type: "section", text: {type: "mrkdwn", text: command.text}},
            {type: "actions", elements: [
                {type: "button", action_id: "share",
                    text: {type: "plain_text", text: "Share"},
                    value: command.text}]}],
    });
});

app.action("share", async ({action, ack, respond}) => {
    await ack();
    if (quiet)
        return;
    await respond({text: action.value, response_type: "in_channel",
        replace_original: false});
});

app.action("open", async ({ack}) => ack());

app.action("more", async ({action, ack, respond}) => {
    await ack();
    if (quiet)
        return;
    await respond({text: "chosen: " + action.selected_option.value,
        response_type: "ephemeral", replace_original: false});
});

app.event("app_mention", async ({event, body, say}) => {
    if (!quiet && !kept.has(body.event_id))
        await say({text: "you mentioned me",
            thread_ts: event.thread_ts || event.ts});
    kept.add(body.event_id);
});

for (const kind of ["reaction_added", "reaction_removed"])
    app.event(kind, async () => {});

serve({
    start: async port => {
        await app.start(port);
        return app.receiver.server ? app.receiver.server.address().port : 0;
    },
    quiet: () => (quiet = true),
    stop: async () => (await app.stop(), true),
});
