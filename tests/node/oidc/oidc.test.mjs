// The server with a real OpenID provider: `node oidc/oidc.test.mjs [/path/to/roundtable]`. The provider signs, the server
// finds its keys by discovery; tokens are accepted, refused once their key is withdrawn, and accepted with the new key.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, requireRoundtable, startServer } from '../judges/support.mjs'
import { OTHER_RESOURCE, startProvider } from './provider.mjs'
import { personToken, serviceToken } from './tokens.mjs'

const KEYS_ARE_SEEN_WITHIN = 15_000
const GOOD_TOKEN_OF_NOBODY = /^The token is good, but/
const SUBJECT = 'somebody-of-the-council'

const binary = process.argv[2] ?? requireRoundtable()

let provider
let server
/** The council's administrator and organisation; null when the demonstration data have none. */
let council

const settings = (organisation) => `
[auth.jwks]
poll_interval_seconds = 1
minimum_refresh_interval_seconds = 1

[[auth.issuers]]
issuer = "${provider.issuer}"
organisation = "${organisation}"
`

before(async () => {
  provider = await startProvider()
  // Once to learn the organisation's id, and once more with an issuer that may vouch for its people.
  const first = await startServer(binary, { words: ['--demo'] })
  const admin = await first.command('token', 'council-admin')
  const { data } = await ask(first.url, admin, '{ viewer { actingOrganisation { id } } }')
  council = data?.viewer.actingOrganisation && { admin, id: data.viewer.actingOrganisation.id }
  await first.stop()
  server = await startServer(binary, { settings: settings(council?.id ?? 'ods:RX1'), folder: first.folder })
})

after(async () => {
  await server?.stop()
  await provider?.stop()
})

/** Whether the server believes a token: it knows the account, or says that it has none for it. */
async function verdict(token) {
  const { status, data, errors } = await ask(server.url, token, '{ viewer { isSignedIn } }')
  if (status === 200 && data?.viewer.isSignedIn) return 'signed in'
  assert.equal(status, 401, JSON.stringify(errors))
  assert.equal(errors[0].extensions.code, 'UNAUTHENTICATED')
  return GOOD_TOKEN_OF_NOBODY.test(errors[0].message) ? 'good token of nobody' : errors[0].message
}

async function until(token, wanted) {
  const deadline = Date.now() + KEYS_ARE_SEEN_WITHIN
  let found = await verdict(token)
  while (!wanted(found) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    found = await verdict(token)
  }
  assert.ok(wanted(found), found)
}

/** Skips a test, unless everything is required. */
function missing(context, reason) {
  assert.ok(!process.env.ROUNDTABLE_REQUIRE_ALL, reason)
  context.skip(reason)
}

const isBelieved = (found) => ['signed in', 'good token of nobody'].includes(found)

test('a token of somebody without an account is believed, and opens nothing', async () => {
  assert.equal(await verdict(await personToken(provider.issuer, 'a-stranger')), 'good token of nobody')
})

test('a computer system of the issuer is no service account of this server', async () => {
  assert.equal(await verdict(await serviceToken(provider.issuer)), 'good token of nobody')
})

test('a token for another server is refused', async () => {
  assert.match(await verdict(await personToken(provider.issuer, SUBJECT, OTHER_RESOURCE)), /aud|another|audience/i)
})

test('a token that was altered is refused', async () => {
  const [header, claims, signature] = (await personToken(provider.issuer, SUBJECT)).split('.')
  const forged = { ...JSON.parse(Buffer.from(claims, 'base64url')), sub: 'somebody-else' }
  const token = [header, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.')
  assert.match(await verdict(token), /signature/i)
})

test('somebody with an account is signed in', async (context) => {
  const known = await ask(server.url, null, '{ __type(name: "Mutation") { fields { name } } }')
  const hasMutation = known.data.__type.fields.some(({ name }) => name === 'userCreate')
  if (!council || !hasMutation) return missing(context, 'the demonstration data have no council-admin, or the contract no userCreate')
  const create = async (field, object, input) => {
    const type = `${field[0].toUpperCase()}${field.slice(1)}Input!`
    const document = `mutation Create($input: ${type}) { answer: ${field}(input: $input) { ${object} { id } userErrors { code message path } } }`
    const { data, errors } = await ask(server.url, council.admin, document, { input })
    assert.equal(errors, undefined)
    assert.deepEqual(data.answer.userErrors, [])
    return data.answer[object].id
  }
  const organisationId = council.id
  const personId = await create('personCreate', 'person', { organisationId, affiliationKind: 'EMPLOYEE', displayName: 'Somebody' })
  await create('userCreate', 'user', { organisationId, personId, issuer: provider.issuer, subject: SUBJECT })
  assert.equal(await verdict(await personToken(provider.issuer, SUBJECT)), 'signed in')
})

test('a withdrawn key is refused and the new one accepted', async () => {
  const old = await personToken(provider.issuer, SUBJECT)
  assert.ok(isBelieved(await verdict(old)))
  await fetch(`${provider.issuer}/test/rotate`, { method: 'POST' })
  await until(await personToken(provider.issuer, SUBJECT), isBelieved)
  await until(old, (found) => !isBelieved(found))
})
