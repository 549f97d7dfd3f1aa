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

const STARTING_TAKES_AT_MOST = 60_000

/** The path of a file of the repository. */
export const repository = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** The contract: the first argument of the command line, or the committed one. */
export const schemaPath = process.argv.slice(2).find((argument) => argument.endsWith('.graphql')) ?? repository('schema.graphql')

/** The contract's text. */
export const readSchema = () => readFileSync(schemaPath, 'utf8')

/** The server program: `ROUNDTABLE_BIN`, or the newest build. Undefined when there is none. */
export const roundtable = () =>
  [process.env.ROUNDTABLE_BIN, ...['release', 'debug'].map((kind) => repository(`target/${kind}/roundtable`))].find(
    (path) => path && existsSync(path),
  )

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
 * Starts a server in a folder of its own, with settings in TOML, and waits until it is ready. It ends with this program.
 * `command` runs another command of the same installation, such as `token`.
 */
export async function startServer(binary, { settings = '', words = [] } = {}) {
  const folder = temporaryFolder('roundtable-')
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
  const stop = () => new Promise((resolve) => child.once('exit', resolve).kill())
  return { origin, url: `${origin}/graphql`, folder, log, command, stop }
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
