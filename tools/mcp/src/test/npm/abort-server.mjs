// A server on the official SDK for TypeScript, whose tool works until it is aborted, and says so in the
// file named by FAKE_LOG.
import { appendFileSync } from "node:fs";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const note = (line) => appendFileSync(process.env.FAKE_LOG, line + "\n");
const server = new McpServer({ name: "abort", version: "1.0.0" });

server.registerTool("wait", { description: "Waits until it is aborted" }, (extra) => {
  note(`call wait ${extra.requestId}`);
  return new Promise((_, reject) => {
    extra.signal.addEventListener("abort", () => {
      note(`aborted ${extra.requestId}`);
      reject(new Error("aborted"));
    });
  });
});

await server.connect(new StdioServerTransport());
