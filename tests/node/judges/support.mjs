// What the judges share: where the contract and the server are, and how a verdict is told.
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A judge that cannot run here ends with this code; `run.mjs` then names it among the skipped. */
export const SKIPPED = 77

const STARTING_TAKES_AT_MOST = 120_000

/** The path of a file of the repository. */
export const repository = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** The contract: the first argument of the command line, or the committed one. */
export const schemaPath = process.argv.slice(2).find((argument) => argument.endsWith('.graphql')) ?? repository('schema.graphql')

/** The contract's text. */
export const readSchema = () => readFileSync(schemaPath, 'utf8')

/** Where programs are built. */
export const target = process.env.CARGO_TARGET_DIR ?? repository('target')

/** The server program: `ROUNDTABLE_BIN`, or a build of this repository. Without one the judge is skipped. */
export function requireRoundtable() {
  const places = [process.env.ROUNDTABLE_BIN, join(target, 'release', 'roundtable'), join(target, 'debug', 'roundtable')]
  return places.find((path) => path && existsSync(path)) ?? skip('there is no server program: build it, or name it in ROUNDTABLE_BIN')
}

/** The server that the command line names, or one of the judge's own. */
export async function serverAddress() {
  return process.argv.slice(2).find((argument) => argument.startsWith('http')) ?? (await demonstration()).url
}

/** Tells the verdict in one line, and what is wrong before it. */
export function verdict(summary, findings) {
  for (const finding of findings) console.error(finding)
  console.log(summary)
  process.exitCode = findings.length === 0 ? 0 : 1
}

/** Ends the judge because something it needs is not here. */
export function skip(reason) {
  console.log(`skipped: ${reason}`)
  process.exit(SKIPPED)
}

/** What a command of the server prints. */
export async function print(binary, ...words) {
  const { stdout } = await promisify(execFile)(binary, words, { maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

/** A folder that is removed when the program ends. */
export function temporaryFolder(prefix) {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A port that is free now. */
export async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/**
 * Starts a server with settings in TOML and waits until it is ready; it ends with this program. Its data are in a folder
 * that is removed afterwards, or in that of another server that has stopped. `command` runs another command of the same
 * installation, such as `token`.
 */
export async function startServer(binary, { settings = '', words = [], folder = temporaryFolder('roundtable-') } = {}) {
  const file = join(folder, 'roundtable.toml')
  writeFileSync(file, settings)
  const port = await freePort()
  const env = { ...process.env, ROUNDTABLE_DATA_DIR: folder, ROUNDTABLE_PORT: String(port), ROUNDTABLE_CONFIG: file, RUST_LOG: 'warn' }
  const child = spawn(binary, ['serve', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const log = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => log.push(text))
  process.on('exit', () => child.kill())
  const origin = `http://127.0.0.1:${port}`
  await ready(`${origin}/readyz`, child, log)
  const command = async (...rest) => (await promisify(execFile)(binary, rest, { env })).stdout.trim()
  const stop = () => new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve).kill() : resolve()))
  return { origin, url: `${origin}/graphql`, folder, log, command, stop }
}

/**
 * A server with demonstration data: the one of whoever calls this judge, named by its address and its data folder, or one of
 * the judge's own.
 */
export async function demonstration() {
  const { ROUNDTABLE_TEST_ORIGIN: origin, ROUNDTABLE_TEST_FOLDER: folder } = process.env
  const binary = requireRoundtable()
  if (!origin) return startServer(binary, { words: ['--demo'] })
  const env = { ...process.env, ROUNDTABLE_DATA_DIR: folder, ROUNDTABLE_CONFIG: join(folder, 'roundtable.toml') }
  const command = async (...words) => (await promisify(execFile)(binary, words, { env })).stdout.trim()
  return { origin, url: `${origin}/graphql`, folder, log: [], command, stop: async () => {} }
}

/** The answer of a server to a document, and the status it came with. */
export async function ask(url, token, query, variables) {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  return { status: response.status, ...(await response.json()) }
}

async function ready(address, child, log) {
  const deadline = Date.now() + STARTING_TAKES_AT_MOST
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(address).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the server did not become ready:\n${log.join('')}`)
}
