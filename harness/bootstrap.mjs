#!/usr/bin/env node
// Makes a clean clone able to run: checks Node, installs the locked dependencies when they are missing or stale, then hands
// over to the pinned Node 24. Plain JavaScript for any Node, because this file runs before anything is installed.
// Usage: bootstrap.mjs [FILE.ts] [arguments…]; without a file, harness/cli.ts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE_MAJOR = 20;
const UNAVAILABLE = 69; // harness/model/exit-codes.ts, which this file cannot import before Node 24 is there
const INTERRUPTED = 130;
const LOCK_POLL_MS = 500;

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const pinnedNode = path.join(modules, 'node', 'bin', 'node');
const stampFile = path.join(modules, '.signoff-installed');
const lockDirectory = path.join(root, '.signoff-install.lock');

function fail(message) {
  process.stderr.write(`signoff: ${message}\n`);
  process.exit(UNAVAILABLE);
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE_MAJOR) return;
  fail(
    `Node ${process.versions.node} (${process.execPath}) is too old to start signoff: it needs Node ${OLDEST_NODE_MAJOR} or later. ` +
      'Install a current Node and try again; the Node 24 that signoff itself runs on is then installed with its dependencies.',
  );
}

/** What the installed dependencies must have been made from. */
function wantedStamp() {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(path.join(root, file)));
  return `${hash.digest('hex')} ${process.platform} ${process.arch}\n`;
}

function isInstalled() {
  return existsSync(pinnedNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** One installation at a time: a folder is made atomically; one whose owner is gone is taken over. */
async function withInstallLock(action) {
  const owner = path.join(lockDirectory, 'pid');
  for (let told = false; ; told = true) {
    try {
      mkdirSync(lockDirectory);
      writeFileSync(owner, String(process.pid));
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const pid = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : NaN;
    const ageMs = Date.now() - (statSync(lockDirectory, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (pid > 0 ? !isAlive(pid) : ageMs > 10_000) rmSync(lockDirectory, { recursive: true, force: true });
    else if (!told)
      process.stderr.write(
        `signoff: another process${pid > 0 ? ` (${pid})` : ''} installs the dependencies; waiting for it\n`,
      );
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  try {
    action();
  } finally {
    rmSync(lockDirectory, { recursive: true, force: true });
  }
}

function installDependencies() {
  if (isInstalled()) return;
  const reason = existsSync(modules) ? 'are stale' : 'are missing';
  process.stderr.write(
    `signoff: the dependencies ${reason}; installing the locked ones (npm ci, usually one minute)\n`,
  );
  // npm sets npm_execpath in its scripts: the npm that started us is the one that is sure to exist.
  const npmScript = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const byScript = npmScript !== undefined && /npm-cli\.js$/.test(npmScript);
  const outcome = byScript
    ? spawnSync(process.execPath, [npmScript, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (outcome.signal !== null) process.exit(INTERRUPTED);
  if (outcome.error)
    fail(`npm could not be started (${outcome.error.message}). Install npm, or run "npm ci" in ${root} yourself.`);
  if (outcome.status !== 0)
    fail(`"npm ci" ended with exit code ${outcome.status}; its output is above. Mend that, then start again.`);
  if (!existsSync(pinnedNode)) {
    fail(
      'npm installed everything but the pinned Node: install scripts seem to be switched off. Run "npm ci --ignore-scripts=false" and start again.',
    );
  }
  writeFileSync(stampFile, wantedStamp());
}

/** Runs the program on the pinned Node. The IPC channel tells it when this process is gone, so that nothing outlives a kill -9. */
function handOver() {
  const [first, ...rest] = process.argv.slice(2);
  const isFile = first !== undefined && /\.m?ts$/.test(first);
  const script = path.resolve(root, isFile ? first : 'harness/cli.ts');
  const args = isFile ? rest : process.argv.slice(2);
  const child = spawn(pinnedNode, [script, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) =>
    fail(`the pinned Node could not be started: ${error.message}. Delete node_modules and try again.`),
  );
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.stderr.write(`signoff: ended by ${signal}\n`);
    process.exit(INTERRUPTED);
  });
}

checkNode();
if (!isInstalled()) await withInstallLock(installDependencies);
handOver();
