// Compiles a Relay client against the contract: `node judges/relay-client.mjs [SCHEMA.graphql]`. relay-compiler checks the
// connections, the refetch queries by `node`, the edges that mutations insert, and every fragment of relay/*.ts.
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { schemaPath, temporaryFolder, verdict } from './support.mjs'

const compiler = join(dirname(createRequire(import.meta.url).resolve('relay-compiler')), 'cli.js')
const folder = temporaryFolder('relay-')
cpSync(fileURLToPath(new URL('relay', import.meta.url)), join(folder, 'src'), { recursive: true })
copyFileSync(schemaPath, join(folder, 'schema.graphql'))
mkdirSync(join(folder, 'artefacts'))
const settings = {
  src: './src',
  schema: './schema.graphql',
  language: 'typescript',
  artifactDirectory: './artefacts',
  customScalarTypes: { Date: 'string', DateTime: 'string', Decimal: 'string', IdempotencyKey: 'string' },
}
writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(settings))

const run = spawnSync(process.execPath, [compiler, 'relay.config.json'], { cwd: folder, encoding: 'utf8' })
const told = `${run.stdout}${run.stderr}`.trim()
const artefacts = readdirSync(join(folder, 'artefacts')).length
verdict(`${artefacts} artefacts compiled`, run.status === 0 && artefacts > 0 && !/\[(ERROR|WARN)\]/.test(told) ? [] : [told])
