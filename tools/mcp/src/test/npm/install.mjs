// Installs what package-lock.json names, unless exactly that is installed already.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
const stamp = "node_modules/.installed";
if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) process.exit(0);

const options = ["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
const npm = spawnSync("npm", options, { stdio: "inherit", shell: process.platform === "win32" });
if (npm.error) console.error(`npm cannot be run: ${npm.error.message}; install Node.js 20 or newer with npm`);
if (npm.status !== 0) process.exit(npm.status ?? 1);
writeFileSync(stamp, lock);
