// Composes the federation schema with other subgraphs: `ROUNDTABLE_BIN=… node judges/federation.mjs`. Two composers judge,
// Apollo's and The Guild's, and Apollo's subgraph library builds it. Apollo's gateway then joins a running server with another,
// and reads our objects through it. The public contract must show none of the machinery.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { composeServices as composeByTheGuild } from '@theguild/federation-composition'
import { isObjectType, parse } from 'graphql'
import { ask, print, repository, requireRoundtable, startServer, verdict } from './support.mjs'

// Packages that exist only in the older module format.
const require = createRequire(import.meta.url)
const { composeServices: composeByApollo } = require('@apollo/composition')
const { buildSubgraphSchema } = require('@apollo/subgraph')
const { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } = require('@apollo/gateway')

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

const servicesOf = (subgraphs) => Object.entries(subgraphs).map(([name, text]) => ({ name, typeDefs: parse(text), url: `http://${name}.test/` }))

function compose(composer, neighbours) {
  const result = COMPOSERS[composer](servicesOf(neighbours))
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

const server = await startServer(binary, { settings: '[federation]\nenabled = true\n', words: ['--demo'] })
const chair = await server.command('token', 'board-chair')
const { data: list } = await ask(server.url, chair, '{ boards(first: 5) { nodes { id name version hostOrganisation { name } } } }')
const boards = list.boards.nodes
if (boards.length === 0) findings.push('the chair of the demonstration sees no board')

/** Apollo's gateway before our server and the two neighbours, which it finds in this program. */
async function gatewayFor(token) {
  const fairs = boards.map(({ id }, place) => ({ id: String(place), board: { id } }))
  const local = {
    calendar: { typeDefs: parse(calendar), resolvers: { Query: { fairs: () => fairs } } },
    newsletter: {
      typeDefs: parse(newsletter),
      resolvers: { Query: { newsletters: () => [] }, Board: { newsletterUrl: ({ id }) => `https://news.example.org/${id}` } },
    },
  }
  const ours = () => new RemoteGraphQLDataSource({
    url: server.url,
    willSendRequest: ({ request }) => token && request.http.headers.set('authorization', `Bearer ${token}`),
  })
  const { supergraphSdl, errors = [] } = composeByApollo(servicesOf({ roundtable: sdl, newsletter, calendar }))
  findings.push(...errors.map(String))
  const logger = { debug() {}, info() {}, warn() {}, error: (text) => findings.push(`the gateway: ${text}`) }
  const buildService = ({ name }) => (name === 'roundtable' ? ours() : new LocalGraphQLDataSource(buildSubgraphSchema(local[name])))
  const gateway = new ApolloGateway({ supergraphSdl, logger, buildService })
  const { executor, schema } = await gateway.load()
  return { schema, executor, logger, stop: () => gateway.stop() }
}

/** What the gateway answers to somebody: their fairs, whose boards are ours, whose newsletters are somebody else's. */
async function fairsFor(token) {
  const query = 'query Fairs { fairs { board { id name version hostOrganisation { name } newsletterUrl } } }'
  const { schema, executor, logger, stop } = await gatewayFor(token)
  const cache = { get: async () => undefined, set: async () => {}, delete: async () => {} }
  const request = { query, variables: {}, http: { headers: new Map() } }
  const { data, errors } = await executor({ document: parse(query), source: query, request, operationName: 'Fairs', queryHash: 'fairs', context: {}, schema, logger, cache, overallCachePolicy: {}, metrics: {} })
  await stop()
  if (errors) findings.push(`the gateway: ${JSON.stringify(errors)}`)
  return data?.fairs?.map(({ board }) => board)
}

function expectEqual(found, expected, what) {
  const [one, other] = [found, expected].map((value) => JSON.stringify(value))
  if (one !== other) findings.push(`${what}: found ${one}, expected ${other}`)
}
const withNewsletter = (board) => ({ ...board, newsletterUrl: `https://news.example.org/${board.id}` })
expectEqual(await fairsFor(chair), boards.map(withNewsletter), 'the chair through the gateway')
const { data: seen } = await ask(server.url, null, 'query($ids: [ID!]!) { nodes(ids: $ids) { ... on Board { id name version hostOrganisation { name } } } }', { ids: boards.map(({ id }) => id) })
const seenThroughGateway = (await fairsFor(null)) ?? []
for (const [place, alone] of seen.nodes.entries()) {
  const { newsletterUrl, ...ours } = seenThroughGateway[place] ?? {}
  expectEqual(ours, alone ?? { id: boards[place].id, name: null, version: null, hostOrganisation: null }, 'the public through the gateway')
}
const service = await ask(server.url, null, '{ _service { sdl } }')
if (service.data?._service.sdl.trim() !== sdl.trim()) findings.push('_service tells another schema than `schema --federation` prints')
expectPublic(await (await fetch(`${server.origin}/schema.graphql`)).text(), 'the contract that a federated server hands out')
await server.stop()

verdict(`${worlds.length} compositions by ${Object.keys(COMPOSERS).length} composers, ${boards.length} entities fetched, ${findings.length} errors`, findings)
process.exit()
