// Element Web's parts as one script and one style sheet: message.js and
// element.css beside the node_modules that setup made.
import esbuild from "esbuild";
import fs from "node:fs";
import path from "node:path";
import postcss from "postcss";
import easings from "postcss-easings";
import hexrgba from "postcss-hexrgba";
import imports from "postcss-import";
import mixins from "postcss-mixins";
import nested from "postcss-nested";
import scss from "postcss-scss";
import vars from "postcss-simple-vars";

const sdk = "node_modules/matrix-react-sdk";

// Icons, workers and what only Node has are not wanted for a message.
const unwanted = {
    name: "unwanted",
    setup(build) {
        build.onResolve({filter: /\.tsx?$/}, ({path: wanted, resolveDir}) => {
            const file = path.join(resolveDir, wanted.replace(/tsx?$/, "js"));
            return fs.existsSync(file) ? {path: file} : undefined;
        });
        for (const filter of [/compound-design-tokens\/(assets|icons)/,
            /\.p?css$/, /\.worker|languages\.json/,
            /^(fs|path|crypto|stream|url|https?|zlib|util|os)$/])
            build.onResolve({filter}, ({path}) => ({path, namespace: "none"}));
        build.onLoad({filter: /./, namespace: "none"},
            () => ({contents: "module.exports = {default: {}};"}));
    },
};

await esbuild.build({
    entryPoints: ["message.js"], outdir: "made", bundle: true, format: "iife",
    define: {"process.env.NODE_ENV": '"production"', global: "window"},
    loader: Object.fromEntries([".svg", ".png", ".wasm", ".mp3", ".ogg",
        ".woff2"].map(
        kind => [kind, "dataurl"])),
    banner: {js: "var process = {env: {}}, exports = {}, module = {exports};"},
    logLevel: "error", plugins: [unwanted],
});

const resolve = (id, base) => [path.join(base, id),
    path.resolve("node_modules", id)].find(file => fs.existsSync(file)) || id;
const from = sdk + "/res/themes/light/css/light.pcss";
const style = await postcss([imports({resolve}), mixins(), vars(), nested(),
    easings(), hexrgba()]).process(fs.readFileSync(from, "utf8"),
    {from, parser: scss});
fs.writeFileSync("made/element.css", style.css);
