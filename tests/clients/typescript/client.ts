// A client of Roundtable in TypeScript, with nothing but `fetch`. The types come from ../operations.graphql and the contract:
//
//     npm install && npm run build && node build/client.js http://127.0.0.1:8080/graphql TOKEN
//
// It says who you are, reads all boards page by page, shows one board with its members, and changes its purpose twice, the
// second time with a version that is out of date on purpose, to show what to do about a CONFLICT.
import * as api from './generated/graphql.ts'

const ATTEMPTS = 4
const TIMEOUT_MILLISECONDS = 10_000

/** The API said no to the whole request. `code` is stable, the message is for people, `requestId` is for support. */
class ApiError extends Error {
  constructor(readonly code: string, message: string, readonly requestId: string | null) {
    super(message)
  }
}

type Answer<Data> = {
  data?: Data | null
  errors?: { message: string; extensions?: { code?: string } }[]
}

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

/** Sends an operation. A server that is busy says when to come back; only a repeatable operation is sent again. */
async function send<Data, Variables>(
  document: api.TypedDocumentString<Data, Variables>,
  variables: Variables,
  { repeatable = true } = {},
): Promise<Data> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    })
    if ([429, 503].includes(response.status) && repeatable && attempt < ATTEMPTS) {
      await pause(Number(response.headers.get('retry-after')) || 2 ** attempt)
      continue
    }
    const answer: Answer<Data> = await response.json().catch(() => ({ errors: [{ message: `HTTP status ${response.status}` }] }))
    if (answer.data && !answer.errors) return answer.data
    const [error = { message: 'an answer without data' }] = answer.errors ?? []
    throw new ApiError(error.extensions?.code ?? 'UNKNOWN', error.message, response.headers.get('x-request-id'))
  }
}

/** Every board you may see, a page at a time. */
async function* boards(first = 25) {
  let after: string | null = null
  do {
    const page: api.BoardsPageQuery['boards'] = (await send(api.BoardsPageDocument, { first, after })).boards
    yield* page.nodes
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
  } while (after !== null)
}

type Change = Omit<api.BoardUpdateInput, 'id' | 'expectedVersion'>

/**
 * Changes a board that you have read. When somebody else was faster, the API says CONFLICT and shows the board as it is now:
 * `change` is asked again with that, so nobody's work is overwritten unseen.
 */
async function updateBoard(board: api.BoardToChangeFragment, change: (board: api.BoardToChangeFragment) => Change) {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const input = { id: board.id, expectedVersion: board.version, ...change(board) }
    // Safe to repeat: a version is used up by the first change that names it.
    const { board: now, userErrors } = (await send(api.BoardUpdateDocument, { input })).boardUpdate
    if (userErrors.length === 0 && now) return now
    const onlyConflict = userErrors.length > 0 && userErrors.every((error) => error.code === 'CONFLICT')
    if (!onlyConflict || !now) throw new Error(userErrors.map((error) => `${error.path.join('.')}: ${error.message}`).join('\n'))
    console.log(`CONFLICT: version ${board.version} is out of date, the board is at ${now.version}; trying again`)
    board = now
  }
  throw new Error('too many people are changing this board')
}

async function main() {
  const { viewer } = await send(api.ViewerDocument, {})
  console.log(`You are ${viewer.person?.displayName ?? 'the public'}${viewer.actingOrganisation ? ` of ${viewer.actingOrganisation.name}` : ''}`)

  const all: api.BoardsPageQuery['boards']['nodes'] = []
  for await (const board of boards(2)) all.push(board)
  console.log(`${all.length} boards: ${all.map((board) => board.name).join(', ')}`)

  const mine = viewer.grants.find((grant) => grant.scopeType === 'BOARD' && grant.role === 'CHAIR')?.scopeId ?? all[0]?.id
  if (!mine) return console.log('There is no board to look at')
  const { board } = await send(api.BoardWithMembersDocument, { id: mine })
  // Null means that there is none or that you may not see it: the API does not tell the two apart.
  if (!board) return console.log('You may not see this board')
  console.log(`${board.name}, version ${board.version}, hosted by ${board.hostOrganisation?.name ?? 'an organisation you may not see'}`)
  for (const { person, seat, stage } of board.memberships.nodes) {
    console.log(`  ${person?.displayName ?? 'somebody who is not named'}: ${seat?.label ?? 'no seat'}, ${stage}`)
  }
  if (!token) return

  const renewed = await updateBoard(board, ({ purpose }) => ({ purpose: purpose ?? 'To decide together' }))
  console.log(`Changed: version ${renewed.version}`)
  const again = await updateBoard(board, ({ purpose }) => ({ purpose: purpose ?? null }))
  console.log(`Changed: version ${again.version}`)
}

const [url = 'http://127.0.0.1:8080/graphql', token] = process.argv.slice(2)
main().catch((error: unknown) => {
  const reason = error instanceof ApiError ? `${error.code}: ${error.message} (request ${error.requestId ?? 'unknown'})` : String(error)
  console.error(reason)
  process.exitCode = 1
})
