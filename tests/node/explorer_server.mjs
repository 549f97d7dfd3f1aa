// Usage: node explorer_server.mjs [PORT]. Serves the built explorer as the Roundtable server does, with a small GraphQL
// API behind it, so that the explorer can be worked on and tested without a database. Prints its address.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSchema, graphql, parse, subscribe, getOperationAST } from 'graphql'

const explorer = (path) => fileURLToPath(new URL(`../../api/explorer/${path}`, import.meta.url))

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
}

const POLICY = readFileSync(explorer('content_security_policy.txt'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .join('; ')

const schema = buildSchema(`
  "Where reading starts."
  type Query {
    "Who is asking; null for an anonymous visitor."
    viewer: Viewer
    "Boards the viewer may see."
    boards(first: Int = 25, after: String): BoardConnection!
    "Organisations the viewer may see."
    organisations(first: Int = 25, after: String): OrganisationConnection!
    "One board; null when there is none or the viewer may not see it."
    board(id: ID!): Board
  }
  type Subscription { "Counts from one to three." count: Int! }
  type Viewer { name: String! }
  type BoardConnection { nodes: [Board!]! pageInfo: PageInfo! }
  type OrganisationConnection { nodes: [Organisation!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  enum BoardKind { COPRODUCTION_BOARD COMMISSION REFERENCE_GROUP }
  enum BoardStatus { FORMING ACTIVE DORMANT CLOSED }
  type Board { id: ID! name: String! kind: BoardKind! status: BoardStatus! }
  type Organisation { id: ID! name: String! kind: String! }
`)

const pageInfo = { hasNextPage: false, endCursor: null }
const board = { id: 'Qm9hcmQ6MQ', name: 'Harbour Road co-production board', kind: 'COPRODUCTION_BOARD', status: 'ACTIVE' }
const root = (token) => ({
  viewer: token ? { name: 'Demo viewer' } : null,
  boards: { nodes: [board], pageInfo },
  organisations: { nodes: [{ id: 'T3JnOjE', name: 'Harbour Council', kind: 'COUNCIL' }], pageInfo },
  board: ({ id }) => (id === board.id ? board : null),
  async *count() {
    for (const count of [1, 2, 3]) yield { count }
  },
})

function sendFile(path, response) {
  try {
    const isList = path === 'examples.json'
    const body = readFileSync(explorer(isList ? 'examples/examples.json' : `dist/${path}.gz`))
    response.writeHead(200, {
      'Content-Type': isList ? 'application/json' : TYPES[extname(path)],
      ...(isList ? {} : { 'Content-Encoding': 'gzip' }),
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    })
    response.end(body)
  } catch {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n')
  }
}

async function sendAnswer(request, response) {
  let body = ''
  for await (const part of request) body += part
  const { query, variables, operationName } = JSON.parse(body)
  const rootValue = root(request.headers.authorization)
  if (request.headers.accept?.includes('text/event-stream')) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    const document = parse(query)
    if (getOperationAST(document, operationName)?.operation === 'subscription') {
      for await (const result of await subscribe({ schema, document, rootValue, variableValues: variables, operationName })) {
        response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`)
      }
    }
    response.end('event: complete\ndata:\n\n')
    return
  }
  const result = await graphql({ schema, source: query, rootValue, variableValues: variables, operationName })
  response.writeHead(200, { 'Content-Type': 'application/graphql-response+json' }).end(JSON.stringify(result))
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  if (pathname === '/graphql' && request.method === 'POST') sendAnswer(request, response)
  else sendFile(pathname === '/' ? 'index.html' : pathname.replace(/^\/explorer\//, ''), response)
})
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
