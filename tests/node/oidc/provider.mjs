// A certified OpenID provider for tests: `node oidc/provider.mjs [PORT]`. Prints its issuer. It signs JWT access tokens with
// `aud` roundtable for two clients, and is anything but safe: whoever names a subject in `login_hint` is signed in as it.
//
// - `reporting-system` with the secret below gets tokens by client_credentials;
// - `partner-app`, without a secret, by the authorisation code flow with PKCE;
// - POST /test/rotate replaces the signing key: the old one is no longer published.
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import Provider from 'oidc-provider'

export const AUDIENCE = 'roundtable'
/** What clients ask for by `resource` (RFC 8707): an address, where `aud` may be any name. */
export const RESOURCE = 'urn:roundtable:api'
/** Another server, for which the same provider signs. */
export const OTHER_RESOURCE = 'urn:elsewhere:api'
export const SERVICE = { id: 'reporting-system', secret: 'a secret for tests only' }
export const APP = { id: 'partner-app', redirect: 'http://127.0.0.1/callback' }

const TOKEN_SECONDS = 600

const resourceServer = {
  scope: 'read write',
  audience: AUDIENCE,
  accessTokenFormat: 'jwt',
  accessTokenTTL: TOKEN_SECONDS,
  jwt: { sign: { alg: 'ES256' } },
}

function newKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'ES256' }
}

function newProvider(issuer) {
  return new Provider(issuer, {
    jwks: { keys: [newKey()] },
    cookies: { keys: [randomUUID()] },
    scopes: ['openid', 'read', 'write'],
    ttl: { AccessToken: TOKEN_SECONDS, ClientCredentials: TOKEN_SECONDS, IdToken: TOKEN_SECONDS, Grant: TOKEN_SECONDS, Interaction: TOKEN_SECONDS, Session: TOKEN_SECONDS },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({ ...resourceServer, audience: resource === RESOURCE ? AUDIENCE : resource }),
      },
    },
    clients: [
      { client_id: SERVICE.id, client_secret: SERVICE.secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
      {
        client_id: APP.id,
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        grant_types: ['authorization_code'],
        redirect_uris: [APP.redirect],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  })
}

/** Signs in whom the client names, and consents to everything, without asking anybody. */
async function interact(provider, request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: params.login_hint ?? 'somebody' } })
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
  const { missingOIDCScope = [], missingResourceScopes = {} } = prompt.details
  grant.addOIDCScope(missingOIDCScope.join(' '))
  for (const [resource, scopes] of Object.entries(missingResourceScopes)) grant.addResourceScope(resource, scopes.join(' '))
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true })
}

/** Starts the provider; `issuer` is also its address. */
export async function startProvider(port = 0) {
  let provider
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/test/rotate') {
      provider = newProvider(issuer)
      response.writeHead(204).end()
    } else if (request.url.startsWith('/interaction/')) {
      interact(provider, request, response).catch((error) => response.writeHead(500).end(`${error}\n`))
    } else {
      provider.callback()(request, response)
    }
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${server.address().port}`
  provider = newProvider(issuer)
  return { issuer, stop: () => new Promise((resolve) => server.close(resolve)) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await startProvider(Number(process.argv[2] ?? 0))).issuer)
}
