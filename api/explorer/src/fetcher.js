import { Kind, OperationTypeNode, parse } from 'graphql'
import { createClient } from 'graphql-sse'

const ENDPOINT = '/graphql'

/**
 * How GraphiQL reaches the API: queries and mutations by POST (GraphQL over HTTP), subscriptions as server-sent events
 * (the graphql-sse protocol, distinct connections mode), which carry the same headers. `readHeaders` gives the headers
 * of the connection bar; what is written in the headers editor wins over them.
 */
export function createFetcher(readHeaders) {
  return ({ query, variables, operationName }, { headers: written } = {}) => {
    const headers = mergeHeaders(readHeaders(), written)
    const operation = chooseOperation(query, operationName)
    const request = { query, variables, operationName: operation ? operation.name?.value : (operationName ?? undefined) }
    return operation?.operation === OperationTypeNode.SUBSCRIPTION ? subscribe(request, headers) : post(request, headers)
  }
}

/** Header names are case-insensitive, so a written `authorization` replaces the bar's `Authorization`. */
function mergeHeaders(ours, written) {
  const headers = new Headers(ours)
  for (const [name, value] of Object.entries(written ?? {})) headers.set(name, value)
  return Object.fromEntries(headers)
}

/**
 * The operation of `query` to run. GraphiQL learns of an edit a moment late: run at once, a new query comes with the name
 * of the old one, which the server would refuse. So a name counts only when the document has it, and the only operation
 * needs none. Undefined when the server should say what is wrong.
 */
export function chooseOperation(query, operationName) {
  let operations
  try {
    operations = parse(query).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  } catch {
    return undefined
  }
  return operations.find(({ name }) => name?.value === operationName) ?? (operations.length === 1 ? operations[0] : undefined)
}

function subscribe(request, headers) {
  return createClient({ url: ENDPOINT, headers, retryAttempts: 0 }).iterate(request)
}

async function post(request, headers) {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
      ...headers,
    },
    body: JSON.stringify(request),
  })
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`The server answered with status ${response.status} and no JSON. ${text.slice(0, 200)}`.trim())
  }
}
