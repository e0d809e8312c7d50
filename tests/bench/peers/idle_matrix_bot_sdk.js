// The least bot of matrix-bot-sdk: it syncs and would hear messages.
const { MatrixClient, MemoryStorageProvider, LogService, LogLevel } =
  require("matrix-bot-sdk");

LogService.setLevel(LogLevel.ERROR);
const client = new MatrixClient(process.env.PLACES_URL, "made-up",
  new MemoryStorageProvider());
client.on("room.message", (room, event) => console.log(room, event));
client.start();
setImmediate(() => console.log("ready"));
