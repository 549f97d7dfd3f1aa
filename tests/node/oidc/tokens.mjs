// How clients get tokens from an OpenID provider: the two flows that partners use.
import { createHash, randomBytes } from 'node:crypto'
import { APP, RESOURCE, SERVICE } from './provider.mjs'

const LONGEST_CHAIN_OF_REDIRECTS = 10

async function discover(issuer) {
  return (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
}

async function exchange(endpoint, fields, headers = {}) {
  const response = await fetch(endpoint, { method: 'POST', headers, body: new URLSearchParams(fields) })
  const answer = await response.json()
  if (!answer.access_token) throw new Error(`no token: ${JSON.stringify(answer)}`)
  return answer.access_token
}

/** A computer system's token (RFC 6749, section 4.4). */
export async function serviceToken(issuer) {
  const { token_endpoint: endpoint } = await discover(issuer)
  const credentials = Buffer.from(`${SERVICE.id}:${encodeURIComponent(SERVICE.secret)}`).toString('base64')
  return exchange(endpoint, { grant_type: 'client_credentials', scope: 'read', resource: RESOURCE }, { authorization: `Basic ${credentials}` })
}

/** A person's token: authorisation code flow with PKCE (RFC 7636), in a browser without a window. */
export async function personToken(issuer, subject, resource = RESOURCE) {
  const { authorization_endpoint: authorise, token_endpoint: endpoint } = await discover(issuer)
  const verifier = randomBytes(32).toString('base64url')
  const parameters = {
    client_id: APP.id,
    redirect_uri: APP.redirect,
    response_type: 'code',
    scope: 'openid read write',
    resource,
    login_hint: subject,
    state: randomBytes(8).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
  const back = await browse(`${authorise}?${new URLSearchParams(parameters)}`, APP.redirect)
  if (back.searchParams.get('state') !== parameters.state) throw new Error(`the answer is to another request: ${back}`)
  const code = back.searchParams.get('code')
  return exchange(endpoint, { grant_type: 'authorization_code', client_id: APP.id, code, redirect_uri: APP.redirect, code_verifier: verifier })
}

/** Follows redirects with cookies until one leads to `destination`, which is not visited. */
async function browse(start, destination) {
  const cookies = new Map()
  let address = new URL(start)
  for (let step = 0; step < LONGEST_CHAIN_OF_REDIRECTS; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(address, { redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const set of response.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0].split(/=(.*)/s)
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (!location) throw new Error(`${address} answered ${response.status}: ${await response.text()}`)
    address = new URL(location, address)
    if (address.href.startsWith(destination)) return address
  }
  throw new Error(`too many redirects, the last to ${address}`)
}
