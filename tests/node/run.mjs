// Runs all judges, one after the other: `node run.mjs [NAME …]`. The server program is `ROUNDTABLE_BIN`, or a build of this
// repository. With `ROUNDTABLE_REQUIRE_ALL` set, a judge that cannot run counts as failed.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { SKIPPED } from './judges/support.mjs'

const judges = {
  'schema-lint': 'judges/schema-lint.mjs',
  'relay-client': 'judges/relay-client.mjs',
  'typescript-client': 'judges/typescript-client.mjs',
  federation: 'judges/federation.mjs',
  'validation-agreement': 'judges/validation-agreement.mjs',
  'graphql-http-audit': 'graphql-http-audit.mjs',
  'client-programs': 'judges/client-programs.mjs',
  calendar: 'judges/calendar.mjs',
  uploads: 'judges/uploads.mjs',
  'openid-provider': 'oidc/oidc.test.mjs',
  explorer: 'explorer.test.mjs',
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in judges))
if (unknown.length > 0) {
  console.error(`There is no judge ${unknown.join(', ')}. The judges are: ${Object.keys(judges).join(', ')}`)
  process.exit(2)
}

const isRequired = Boolean(process.env.ROUNDTABLE_REQUIRE_ALL)
const outcomes = { passed: [], failed: [], skipped: [] }
const width = Math.max(...Object.keys(judges).map((name) => name.length))

for (const name of chosen.length > 0 ? chosen : Object.keys(judges)) {
  const path = fileURLToPath(new URL(judges[name], import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const isSkipped = status === SKIPPED
  const outcome = status === 0 ? 'passed' : isSkipped && !isRequired ? 'skipped' : 'failed'
  outcomes[outcome].push(name)
  console.log(`${outcome.padEnd(7)}  ${name.padEnd(width)}  ${summary(stdout)}`)
  if (outcome === 'failed') console.log(`${stderr}${isTestReport(stdout) ? stdout : ''}`.trimEnd())
}

const counts = Object.entries(outcomes).map(([outcome, names]) => `${names.length} ${outcome}${names.length > 0 && outcome !== 'passed' ? ` (${names.join(', ')})` : ''}`)
console.log(`\n${counts.join(', ')}`)
process.exit(outcomes.failed.length === 0 ? 0 : 1)

/** The judge's last line, or the counts of a test report. */
function summary(text) {
  if (!isTestReport(text)) return text.trim().split('\n').at(-1)
  const count = (word) => text.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? '?'
  const skipped = [...text.matchAll(/# SKIP (.*)$/gm)].map(([, reason]) => `; skipped: ${reason}`)
  return `${count('pass')} of ${count('tests')} tests${skipped.join('')}`
}

function isTestReport(text) {
  return text.includes('TAP version') || /^# tests \d+$/m.test(text)
}
