// Generates a typed client from the contract and compiles it: `node judges/typescript-client.mjs [SCHEMA.graphql]`. GraphQL
// Code Generator writes the types of every operation below codegen/ and of the client in tests/clients/typescript; the
// TypeScript compiler, at its strictest, reads them and the client.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { preset } from '@graphql-codegen/client-preset'
import { codegen } from '@graphql-codegen/core'
import * as typescript from '@graphql-codegen/typescript'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { buildSchema, parse } from 'graphql'
import { readSchema, repository, temporaryFolder, verdict } from './support.mjs'

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
const sdl = readSchema()
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const source = (path) => {
  const rawSDL = readFileSync(path, 'utf8')
  return { location: path, rawSDL, document: parse(rawSDL) }
}

/** What `graphql-codegen --config codegen.json` writes for a client, without its loaders. */
async function generateClient(folder) {
  const { generates, documents } = JSON.parse(readFileSync(join(folder, 'codegen.json'), 'utf8'))
  const [[output, { config, presetConfig }]] = Object.entries(generates)
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: `${join(folder, output)}/`,
    schema: parse(sdl),
    schemaAst: buildSchema(sdl),
    documents: [source(join(folder, documents))],
    config,
    presetConfig,
    plugins: [],
    pluginMap: {},
  })
  mkdirSync(join(folder, output), { recursive: true })
  for (const one of outputs) writeFileSync(one.filename, await codegen(one))
}

/** The types of the whole contract, and of every operation in a folder. */
async function generateTypes(operations, filename) {
  const documents = readdirSync(operations).map((name) => source(join(operations, name)))
  const config = { strictScalars: true, scalars: { Date: 'string', DateTime: 'string', Decimal: 'string', IdempotencyKey: 'string' }, enumType: 'string-literal' }
  const common = { schema: parse(sdl), schemaAst: buildSchema(sdl), config, documents }
  const whole = { ...common, filename, plugins: [{ typescript: {} }], pluginMap: { typescript } }
  writeFileSync(filename, await codegen({ ...whole, documents: [] }))
  const operationsFile = filename.replace('.ts', '.operations.ts')
  const used = { ...common, filename: operationsFile, plugins: [{ operations: {} }], pluginMap: { operations: typescriptOperations } }
  writeFileSync(operationsFile, await codegen(used))
  return documents.flatMap(({ document }) => document.definitions).length
}

function compile(folder) {
  const run = spawnSync(process.execPath, [compiler, '--project', folder], { encoding: 'utf8' })
  return run.status === 0 ? [] : [`${run.stdout}${run.stderr}`.trim()]
}

/** A copy of the client, generated and compiled; `build/client.js` then runs. */
export async function buildClient() {
  const clients = temporaryFolder('clients-')
  const folder = join(clients, 'typescript')
  cpSync(repository('tests/clients/typescript'), folder, { recursive: true, filter: (path) => !path.includes('node_modules') })
  cpSync(repository('tests/clients/operations.graphql'), join(clients, 'operations.graphql'))
  symlinkSync(here('../node_modules'), join(folder, 'node_modules'))
  await generateClient(folder)
  return { program: join(folder, 'build', 'client.js'), findings: compile(folder) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const client = await buildClient()
  const folder = temporaryFolder('typescript-types-')
  const definitions = await generateTypes(here('codegen'), join(folder, 'contract.ts'))
  const compilerOptions = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noUnusedLocals: true, noEmit: true, target: 'ES2023', module: 'NodeNext', moduleResolution: 'NodeNext', types: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  const findings = [...client.findings, ...compile(folder)]
  verdict(`the client and ${definitions} operations and fragments compiled`, findings)
}
