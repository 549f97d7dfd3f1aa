// Composes the federation schema with other subgraphs: `ROUNDTABLE_BIN=… node judges/federation.mjs`. Two composers judge,
// Apollo's and The Guild's, and Apollo's subgraph library builds it. A server that is a part of a federation then answers
// what a gateway would ask. The public contract must show none of the machinery.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { composeServices as composeByTheGuild } from '@theguild/federation-composition'
import { isObjectType, parse } from 'graphql'
import { ask, print, repository, requireRoundtable, startServer, verdict } from './support.mjs'

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

const binary = requireRoundtable()
const sdl = await print(binary, 'schema', '--federation')

const worlds = [{}, { newsletter }, { library }, { calendar }, { newsletter, library, calendar }]
const findings = []
for (const composer of Object.keys(COMPOSERS)) {
  for (const neighbours of worlds) findings.push(...compose(composer, { roundtable: sdl, ...neighbours }))
}
try {
  findings.push(...typesWithoutKey(buildSubgraphSchema(parse(sdl)), sdl))
} catch (error) {
  findings.push(`Apollo's subgraph library: ${error.message}`)
}

const MACHINERY = ['_entities', '_service', '_Any', '_Entity', '@key', '@link', '@shareable']
function expectPublic(text, where) {
  for (const word of MACHINERY) if (text.includes(word)) findings.push(`${where} shows ${word}`)
}
expectPublic(readFileSync(repository('schema.graphql'), 'utf8'), 'the public contract')

/** What a gateway asks for the boards of the calendar, as the query planner of Apollo's gateway words it. */
const FETCH = 'query($representations:[_Any!]!){_entities(representations:$representations){...on Board{name version hostOrganisation{name}}}}'
const server = await startServer(binary, { settings: '[federation]\nenabled = true\n', words: ['--demo'] })
const chair = await server.command('token', 'board-chair')
const { data: list } = await ask(server.url, chair, '{ boards(first: 5) { nodes { id name version hostOrganisation { name } } } }')
const boards = list.boards.nodes
const representations = boards.map(({ id }) => ({ __typename: 'Board', id }))
const fetched = await ask(server.url, chair, FETCH, { representations })
const expected = boards.map(({ id, ...fields }) => fields)
if (boards.length === 0) findings.push('the chair of the demonstration sees no board')
if (JSON.stringify(fetched.data?._entities) !== JSON.stringify(expected)) findings.push(`the gateway got ${JSON.stringify(fetched)}, and should have got ${JSON.stringify(expected)}`)
const unseen = await ask(server.url, null, FETCH, { representations })
const alone = await ask(server.url, null, 'query($ids:[ID!]!){nodes(ids:$ids){...on Board{name version hostOrganisation{name}}}}', { ids: boards.map(({ id }) => id) })
if (JSON.stringify(unseen.data?._entities) !== JSON.stringify(alone.data?.nodes)) findings.push(`the public got ${JSON.stringify(unseen)} by key, and ${JSON.stringify(alone)} by id`)
const service = await ask(server.url, null, '{ _service { sdl } }')
if (service.data?._service.sdl.trim() !== sdl.trim()) findings.push('_service tells another schema than `schema --federation` prints')
expectPublic(await (await fetch(`${server.origin}/schema.graphql`)).text(), 'the contract that a federated server hands out')
await server.stop()

verdict(`${worlds.length} compositions by ${Object.keys(COMPOSERS).length} composers, ${boards.length} entities fetched, ${findings.length} errors`, findings)
process.exit()
