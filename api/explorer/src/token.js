/**
 * What a person pasted, made ready for the `Authorization` header: without surrounding or line-breaking white space and
 * without the word "Bearer", which tends to be copied along.
 */
export function cleanToken(pasted) {
  return pasted
    .trim()
    .replace(/^(authorization:\s*)?bearer\s+/i, '')
    .replace(/\s+/g, '')
}

/** A header may hold visible ASCII characters only; anything else makes the browser refuse the whole request. */
export function fitsHeader(text) {
  return /^[\x21-\x7e]+$/.test(text)
}

/** The claims of a JSON Web Token (RFC 7519), or null when the text is not one. The signature is the server's business. */
export function readClaims(token) {
  const parts = token.split('.')
  if (parts.length !== 3) return null
  try {
    const bytes = Uint8Array.from(atob(parts[1].replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
    const claims = JSON.parse(new TextDecoder().decode(bytes))
    return claims !== null && typeof claims === 'object' ? claims : null
  } catch {
    return null
  }
}

/** One sentence for the person who pasted `token`. `now` is in milliseconds since 1970. */
export function describeToken(token, now) {
  if (token === '') return 'No token: you look as an anonymous visitor.'
  const claims = fitsHeader(token) ? readClaims(token) : null
  if (claims === null) return 'This does not look like a whole token. A token has three parts with full stops between them.'
  if (typeof claims.exp !== 'number') return 'Token in use. It names no time at which it expires.'
  const expires = new Date(claims.exp * 1000)
  if (Number.isNaN(expires.getTime())) return 'Token in use. The time at which it expires cannot be read.'
  const time = expires.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
  return expires.getTime() > now ? `Token in use until ${time}.` : `This token expired on ${time}. Make a new one.`
}
