// The same in Node, whose sqlite3 is compiled to WebAssembly.
const fs = require("fs");
const readline = require("readline");
const { Database } = require("node-sqlite3-wasm");

const COMMIT_RECORDS = 500;
const path = "build/bench/import-node.db";

async function main() {
  fs.rmSync(path, { force: true });
  fs.rmSync(path + ".lock", { force: true, recursive: true });
  const begin = process.hrtime.bigint(), before = process.cpuUsage();
  const store = new Database(path);
  store.exec("CREATE TABLE papers (id TEXT PRIMARY KEY, title TEXT, " +
    "abstract TEXT, authors TEXT, categories TEXT, updated TEXT)");
  store.exec("CREATE VIRTUAL TABLE words USING fts5(title, abstract, authors)");
  const paperIn = store.prepare("INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?)");
  const wordsIn = store.prepare("INSERT INTO words (rowid, title, abstract, " +
    "authors) VALUES (?, ?, ?, ?)");
  const lines = readline.createInterface({
    input: fs.createReadStream(process.env.IMPORT_RECORDS) });
  let count = 0;
  store.exec("BEGIN");
  for await (const line of lines) {
    const p = JSON.parse(line);
    const { lastInsertRowid } = paperIn.run(
      [p.id, p.title, p.abstract, p.authors, p.categories, p.update_date]);
    wordsIn.run([lastInsertRowid, p.title, p.abstract, p.authors]);
    if (++count % COMMIT_RECORDS === 0) store.exec("COMMIT; BEGIN");
  }
  store.exec("COMMIT");
  paperIn.finalize();
  wordsIn.finalize();
  store.close();
  const passed = Number(process.hrtime.bigint() - begin) / 1e9;
  const { user, system } = process.cpuUsage(before);
  const mib = process.resourceUsage().maxRSS / 1024;
  fs.rmSync(path, { force: true });
  console.log(`rate=${(count / passed).toFixed(1)} ` +
    `cpu_us=${((user + system) / count).toFixed(2)} mib=${mib.toFixed(1)}`);
}

main();
