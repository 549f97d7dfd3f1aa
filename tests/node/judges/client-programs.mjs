// Runs the example clients against a server with demonstration data: `ROUNDTABLE_BIN=… node judges/client-programs.mjs`.
// Each must read as the public, change a board as its chair in spite of a conflict, and explain a token that is not valid.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { SKIPPED, ask, demonstration, repository, target, verdict } from './support.mjs'
import { buildClient } from './typescript-client.mjs'

const VIEWER = 'board-chair'
const manifest = repository('tests/clients/rust/Cargo.toml')

const findings = []
const skipped = []

/** How each client is started; null where its language is not installed. */
async function clients() {
  const typescript = await buildClient()
  findings.push(...typescript.findings)
  return {
    TypeScript: [process.execPath, typescript.program],
    Python: isInstalled('python3') ? ['python3', repository('tests/clients/python/client.py')] : null,
    Rust: isInstalled('cargo') ? ['cargo', 'run', '--quiet', '--locked', '--target-dir', join(target, 'clients'), '--manifest-path', manifest, '--'] : null,
  }
}

const isInstalled = (program) => spawnSync(program, ['--version']).status === 0

function run([program, ...words], ...rest) {
  const { status, stdout, stderr } = spawnSync(program, [...words, ...rest], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
  return { status, told: `${stdout}${stderr}` }
}

const server = await demonstration()
const token = await server.command('token', VIEWER)
const { status } = await ask(server.url, token, '{ viewer { isSignedIn } }')
const isKnown = status === 200
if (!isKnown) skipped.push(`the demonstration data have no ${VIEWER}, so nothing was changed`)

const expectations = [
  { as: 'the public', words: [], status: 0, tells: [/You are the public/, /\d+ boards/] },
  { as: 'somebody with a bad token', words: ['not-a-token'], status: 1, tells: [/UNAUTHENTICATED: .+ \(request [0-9a-f-]{36}\)/] },
  ...(isKnown ? [{ as: VIEWER, words: [token], status: 0, tells: [/CONFLICT: version/, /(Changed: version \d+[^]*){2}/] }] : []),
]
let runs = 0
for (const [language, command] of Object.entries(await clients())) {
  if (!command) {
    skipped.push(`${language} is not installed`)
    continue
  }
  for (const expected of expectations) {
    runs += 1
    const found = run(command, server.url, ...expected.words)
    const wrong = expected.tells.filter((pattern) => !pattern.test(found.told)).map(String)
    if (found.status !== expected.status) wrong.push(`exit code ${expected.status}`)
    if (wrong.length > 0) findings.push(`${language} as ${expected.as}: expected ${wrong.join(', ')}, found exit code ${found.status}:\n${found.told}`)
  }
}
verdict([`${runs} runs, ${findings.length} failures`, ...skipped].join('; '), findings)
if (skipped.length > 0 && findings.length === 0) process.exitCode = SKIPPED
process.exit()
