// Gives every message to send, 32 at a time, and prints how fast that was.
const fs = require("fs");

module.exports = async (send) => {
  if (!process.env.DELIVER_URL) {
    console.error("no server: DELIVER_URL is not set");
    process.exit(77);
  }
  const messages = fs
    .readFileSync(`${process.env.BENCH_DATA}/messages.jsonl`, "utf8")
    .trimEnd().split("\n").map((line) => JSON.parse(line));
  let next = 0;
  const work = async () => {
    while (next < messages.length) await send(messages[next++]);
  };
  const before = process.cpuUsage(), begun = process.hrtime.bigint();
  await Promise.all(Array.from({ length: 32 }, work));
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const cpu = process.cpuUsage(before);
  console.log(`rate=${(messages.length / seconds).toFixed(1)} ` +
    `cpu_us=${((cpu.user + cpu.system) / messages.length).toFixed(2)}`);
  process.exit(0);
};
