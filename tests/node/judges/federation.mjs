// Composes the federation schema with other subgraphs: `ROUNDTABLE_BIN=… node judges/federation.mjs [SDL]`. Two composers judge,
// Apollo's and The Guild's, and Apollo's subgraph library builds it. The public contract must show none of the machinery.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { composeServices as composeByTheGuild } from '@theguild/federation-composition'
import { isObjectType, parse } from 'graphql'
import { print, repository, requireRoundtable, verdict } from './support.mjs'

// Packages that exist only in the older module format.
const require = createRequire(import.meta.url)
const { composeServices: composeByApollo } = require('@apollo/composition')
const { buildSubgraphSchema } = require('@apollo/subgraph')

const FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])'

/** A subgraph of somebody else, which adds a field to our boards. */
const newsletter = `${FEDERATION}
type Query { newsletters: [String!]! }
type Board @key(fields: "id") { id: ID! newsletterUrl: String }`

/** A subgraph of somebody else with lists of its own, as Relay has them. */
const library = `${FEDERATION}
type Query { books(first: Int, after: String): BookConnection! }
type BookConnection { edges: [BookEdge!]! pageInfo: PageInfo! }
type BookEdge { cursor: String! node: Book! }
type Book { title: String! publishedOn: Date }
type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
scalar Date`

/** A subgraph of somebody else, which leads to our boards: the gateway then fetches them from us by id. */
const calendar = `${FEDERATION}
type Query { fairs: [Fair!]! }
type Fair @key(fields: "id") { id: ID! board: Board }
type Board @key(fields: "id", resolvable: false) { id: ID! }`

const COMPOSERS = { Apollo: composeByApollo, 'The Guild': composeByTheGuild }

function compose(composer, neighbours) {
  const services = Object.entries(neighbours).map(([name, text]) => ({ name, typeDefs: parse(text), url: `http://${name}.test/` }))
  const result = COMPOSERS[composer](services)
  return (result.errors ?? []).map((error) => `${composer}, ${Object.keys(neighbours).join(' + ')}: ${error.message}`)
}

function typesWithoutKey(schema, sdl) {
  const keyed = new Set(
    parse(sdl)
      .definitions.filter((definition) => definition.directives?.some((directive) => directive.name.value === 'key'))
      .map((definition) => definition.name.value),
  )
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node') && !keyed.has(type.name))
    .map((type) => `${type.name} has a global id and no @key`)
}

const given = process.argv[2]
const sdl = given ? readFileSync(given, 'utf8') : await print(requireRoundtable(), 'schema', '--federation')

// Until this server answers `_entities`, its keys are not resolvable, and nobody can lead to our objects.
const isResolvable = !sdl.includes('resolvable: false')
const leading = isResolvable ? { calendar } : {}
const worlds = [{}, { newsletter }, { library }, ...(isResolvable ? [leading] : []), { newsletter, library, ...leading }]
const findings = []
for (const composer of Object.keys(COMPOSERS)) {
  for (const neighbours of worlds) findings.push(...compose(composer, { roundtable: sdl, ...neighbours }))
}
try {
  findings.push(...typesWithoutKey(buildSubgraphSchema(parse(sdl)), sdl))
} catch (error) {
  findings.push(`Apollo's subgraph library: ${error.message}`)
}
const contract = readFileSync(repository('schema.graphql'), 'utf8')
for (const word of ['_entities', '_service', '_Any', '@key', '@link', '@shareable']) {
  if (contract.includes(word)) findings.push(`the public contract shows ${word}`)
}
const note = isResolvable ? '' : '; references to our objects are not tried, the keys are not resolvable'
verdict(`${worlds.length} compositions by ${Object.keys(COMPOSERS).length} composers, ${findings.length} errors${note}`, findings)
