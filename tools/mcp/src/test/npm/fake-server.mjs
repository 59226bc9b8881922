// A stdio server that misbehaves on demand. Its tools are named after what they do; the first argument
// changes how it starts. What it notices goes, a line each, to the file named by FAKE_LOG.
import { spawn } from "node:child_process";
import { appendFileSync, closeSync } from "node:fs";
import { createInterface } from "node:readline";

const manner = process.argv[2] ?? "good";
const note = (line) => process.env.FAKE_LOG && appendFileSync(process.env.FAKE_LOG, line + "\n");
const write = (text) => process.stdout.write(text);
const send = (message) => write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\n");
const answer = (id, result) => send({ id, result });
const text = (id, value) => answer(id, { content: [{ type: "text", text: String(value) }] });

const asked = new Map();
let asks = 0;
const ask = (method, params) =>
  new Promise((done) => {
    asked.set(`mine-${++asks}`, done);
    send({ id: `mine-${asks}`, method, params });
  });

let flavour = "first";
let extra = [];
const tool = (name, description = "") => ({ name, description, inputSchema: { type: "object" } });

const tools = {
  echo: (id, params) =>
    answer(id, { content: [], structuredContent: { arguments: params.arguments, meta: params._meta } }),
  pid: (id) => text(id, process.pid),
  environment: (id) => answer(id, { content: [], structuredContent: process.env }),
  directory: (id) => text(id, process.cwd()),
  die: () => {
    process.stderr.write("I cannot go on\n", () => process.exit(3));
  },
  hang: () => {},
  twice: (id) => {
    text("nobody-asked-this", "wrong");
    text(7, "wrong");
    text(id, "right");
    text(id, "late");
  },
  garbage: () => write("Segmentation fault\u001b[31m\n"),
  huge: () => {
    const piece = "x".repeat(1 << 20);
    const more = () => write(piece) ? setImmediate(more) : process.stdout.once("drain", more);
    more();
  },
  flood: (id, params) => {
    for (let i = 0; i < params.arguments.count; i++) {
      send({ method: "notifications/message", params: { level: "info", data: "x".repeat(100) } });
      send({ method: "notifications/progress", params: { progressToken: "unknown", progress: i } });
      send({ method: "notifications/tools/list_changed" });
      send({ method: "notifications/nonsense" });
    }
    text(id, "done");
  },
  progress: (id, params) => {
    const progressToken = params._meta.progressToken;
    const progress = (more) => send({ method: "notifications/progress", params: { progressToken, ...more } });
    progress({ progress: 1, total: 4, message: "one\nof four" });
    progress({ progress: 3 });
    progress({ progress: 9, total: 4 });
    text(id, "done");
  },
  slow: (id, params) => {
    const progressToken = params._meta.progressToken;
    let steps = 0;
    const timer = setInterval(() => {
      if (++steps < params.arguments.steps) {
        send({ method: "notifications/progress", params: { progressToken, progress: steps } });
      } else {
        clearInterval(timer);
        text(id, "done");
      }
    }, params.arguments.every);
  },
  log: (id) => {
    for (const level of ["debug", "info", "notice", "warning", "error", "emergency"]) {
      send({ method: "notifications/message", params: { level, logger: "me", data: { at: level } } });
    }
    send({ method: "notifications/message", params: { level: "info", data: "plain" } });
    text(id, "done");
  },
  interview: async (id) => {
    const replies = await Promise.all([
      ask("sampling/createMessage", { messages: [], maxTokens: 1 }),
      ask("roots/list"),
      ask("ping"),
    ]);
    answer(id, { content: [], structuredContent: { replies } });
  },
  change: (id) => {
    flavour = "second";
    send({ method: "notifications/tools/list_changed" });
    text(id, "changed");
  },
  mutable: (id) => text(id, flavour),
  grow: (id) => {
    extra = [tool("grown")];
    send({ method: "notifications/tools/list_changed" });
    text(id, "grown");
  },
  grown: (id) => text(id, "new here"),
  refuse: (id, params) => send({ id, error: { code: params.arguments.code, message: "no\u202e!" } }),
  fail: (id) =>
    answer(id, { isError: true, content: [{ type: "text", text: "disk \u001b[2Jfull" }], structuredContent: { free: 0 } }),
  failSilently: (id) => answer(id, { isError: true, content: [] }),
  picture: (id) =>
    answer(id, { content: [{ type: "text", text: "a" }, { type: "image", data: "AA==", mimeType: "image/png" }, { type: "text", text: "b" }] }),
  answerWith: (id, params) => answer(id, params.arguments.answer),
  raw: (id, params) => write(params.arguments.line.replace("$ID", JSON.stringify(id)) + "\n"),
  child: (id) => {
    const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
    child.unref();
    text(id, child.pid);
  },
  closeOutput: () => closeSync(1),
  closeInput: (id) => {
    setInterval(() => {}, 1000);
    process.stdin.destroy();
    closeSync(0);
    text(id, "closed");
  },
  stopReading: (id) => {
    setInterval(() => {}, 1000);
    text(id, "deaf");
    process.stdin.pause();
  },
};

const list = (id, params) => {
  const names = Object.keys(tools).filter((name) => name !== "grown");
  const all = names.map((name) => tool(name, name === "mutable" ? flavour : ""));
  if (manner === "pages") {
    const at = Number(params?.cursor ?? 0);
    const last = at + 5 >= all.length;
    answer(id, { tools: all.slice(at, at + 5), ...(last ? {} : { nextCursor: String(at + 5) }) });
  } else if (manner === "endless-pages") {
    answer(id, { tools: [tool("t" + Math.random())], nextCursor: "again" });
  } else if (manner === "many-tools") {
    answer(id, { tools: Array.from({ length: 10_001 }, (_, i) => tool("t" + i)) });
  } else if (manner === "odd-tools") {
    answer(id, { tools: [{}, 7, { name: "bare" }, { name: "hidden", title: "Hidden", description: "safe\u200b\u{e0041}" }] });
  } else if (manner === "list-fails") {
    send({ id, error: { code: -32603, message: "no list today" } });
  } else {
    answer(id, { tools: [...all, ...extra] });
  }
};

const handlers = {
  initialize: (id, params) => {
    if (manner === "silent") return;
    if (manner === "banner") write("Welcome!\n\n  \nListening on stdio\n");
    if (manner === "noise") write("noise\n".repeat(200));
    if (manner === "dies-at-start") {
      process.stderr.write("no configuration\nfound\n", () => process.exit(1));
      return;
    }
    answer(id, {
      protocolVersion: manner === "future" ? "2999-01-01" : params.protocolVersion,
      capabilities: manner === "no-tools" ? {} : { tools: { listChanged: true } },
      serverInfo: { name: "fake", version: "1" },
    });
  },
  "tools/list": list,
  "tools/call": (id, params) => {
    note(`call ${params.name} ${id}`);
    const work = tools[params.name];
    if (work) work(id, params);
    else send({ id, error: { code: -32602, message: "unknown tool" } });
  },
};

note(`start ${process.pid}`);
if (manner === "stubborn") {
  process.on("SIGTERM", () => note("ignored SIGTERM"));
  setInterval(() => {}, 1000);
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const message = JSON.parse(line);
  if (message.method === undefined) {
    asked.get(message.id)?.(message);
  } else if (message.id === undefined) {
    if (message.method === "notifications/cancelled") note(`cancelled ${message.params.requestId}`);
  } else {
    handlers[message.method]?.(message.id, message.params);
  }
});
