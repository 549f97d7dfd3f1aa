// Asks our server and graphql-js about the same documents: `node judges/validation-agreement.mjs [URL]`. Starts a server of
// its own without a URL. The verdicts must agree, and each document must break the rule under which it stands.
import { buildSchema, parse, specifiedRules, validate } from 'graphql'
import { readSchema, serverAddress, verdict } from './support.mjs'
import { alterations } from './validation/alterations.mjs'
import { documents, notYet, syntax } from './validation/documents.mjs'

const ALTERED_DOCUMENTS = 2_000
const SEED = 20_250_901

const REFUSED = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']

/** The limit on introspection is graphql-js's own, and ours has its own code. The other stands here until there are subscriptions. */
const NOTHING_TO_CHECK = (schema) => ['MaxIntrospectionDepthRule', ...(schema.getSubscriptionType() ? [] : ['SingleFieldSubscriptionsRule'])]

const schema = buildSchema(readSchema())

function byGraphqlJs(text, rules = specifiedRules) {
  try {
    return validate(schema, parse(text), rules).map((error) => error.message)
  } catch (error) {
    return [error.message]
  }
}

async function byServer(url, text) {
  const names = [...text.matchAll(/(?:query|mutation)\s+(\w+)/g)].map(([, name]) => name)
  const body = JSON.stringify({ query: text, operationName: names.length > 1 ? names[0] : undefined })
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body })
  const { errors = [] } = await response.json()
  const noVerdict = errors.find((error) => ['LIMIT_EXCEEDED', 'RATE_LIMITED', 'INTERNAL'].includes(error.extensions?.code))
  if (noVerdict) throw new Error(`${noVerdict.message}: ${text}`)
  return errors.filter((error) => REFUSED.includes(error.extensions?.code)).map((error) => error.message)
}

/** Two fields at the root of a subscription, which there may not be. */
function subscriptions() {
  const type = schema.getSubscriptionType()
  const field = type && Object.values(type.getFields()).find((one) => one.args.every((argument) => !String(argument.type).endsWith('!')))
  if (!field) return []
  return [{ rule: 'SingleFieldSubscriptions', text: `subscription S { a: ${field.name} { __typename } b: ${field.name} { __typename } }`, valid: false }]
}

const cases = Object.entries(documents).flatMap(([rule, { invalid, valid }]) => [
  ...invalid.map((text) => ({ rule, text, valid: false })),
  ...valid.map((text) => ({ rule, text, valid: true })),
])
cases.push(...subscriptions())
for (const [kind, texts] of Object.entries(syntax)) cases.push(...texts.map((text) => ({ rule: 'syntax', text, valid: kind === 'valid' })))

const url = await serverAddress()

const findings = []
const covered = new Set(cases.filter((one) => !one.valid).map((one) => `${one.rule}Rule`))
for (const rule of specifiedRules) {
  if (!covered.has(rule.name) && !NOTHING_TO_CHECK(schema).includes(rule.name)) findings.push(`no document breaks ${rule.name}`)
}
for (const { rule, text, valid } of cases) {
  const theirs = byGraphqlJs(text)
  const named = specifiedRules.filter((one) => one.name === `${rule}Rule`)
  const brokenAsNamed = named.length === 0 || byGraphqlJs(text, named).length > 0
  if (valid !== (theirs.length === 0) || (!valid && !brokenAsNamed)) {
    findings.push(`the document does not test ${rule} (${theirs.join('; ') || 'graphql-js finds nothing'}): ${text}`)
  }
  await compare(rule, text)
}
for (const text of notYet) {
  if ((await byServer(url, text)).length === 0) findings.push(`the server knows this now; move it to the valid documents: ${text}`)
}
for (const text of alterations(cases.map((one) => one.text), ALTERED_DOCUMENTS, SEED)) await compare('altered', text)

const refused = cases.filter((one) => !one.valid).length
verdict(`${refused} invalid, ${cases.length - refused} valid and ${ALTERED_DOCUMENTS} altered documents, ${findings.length} disagreements`, findings)
process.exit()

async function compare(rule, text) {
  const [theirs, ours] = [byGraphqlJs(text), await byServer(url, text)]
  if ((theirs.length === 0) !== (ours.length === 0)) {
    findings.push(`${rule}: graphql-js says ${theirs[0] ?? 'valid'}; the server says ${ours[0] ?? 'valid'}: ${text}`)
  }
}
