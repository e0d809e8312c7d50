// matrix-bot-sdk: a message with its HTML form.
const { MatrixClient, MemoryStorageProvider, LogService, LogLevel } =
  require("matrix-bot-sdk");
const deliver = require("./deliver_messages.js");

LogService.setLevel(LogLevel.ERROR);
const client = new MatrixClient(process.env.DELIVER_URL || "http://127.0.0.1",
  "made-up", new MemoryStorageProvider());
deliver((message) => client.sendMessage("!room:example.org", {
  msgtype: "m.text", body: message.text, format: "org.matrix.custom.html",
  formatted_body: message.html,
}));
