// fast-xml-parser makes objects of the answer of arXiv's API.
const fs = require("fs");
const { XMLParser } = require("fast-xml-parser");

const text = fs.readFileSync(process.env.BENCH_DATA + "/feed.atom", "utf8");
const size = Buffer.byteLength(text);
const begin = process.cpuUsage();
let rounds = 0, passed, papers;
do {
  const parser = new XMLParser({ ignoreAttributes: false });
  papers = parser.parse(text).feed.entry.length;
  rounds++;
  const { user, system } = process.cpuUsage(begin);
  passed = (user + system) / 1e6;
} while (passed < 1);
console.log(`mb_s=${(rounds * size / passed / 1e6).toFixed(3)} papers=${papers}`);
