import assert from 'node:assert/strict'
import { test } from 'node:test'

import { cleanToken, describeToken, readClaims } from './token.js'

const tokenWith = (claims) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`
const now = Date.UTC(2026, 0, 1)

test('a token is taken as pasted, with or without the word bearer and line breaks', () => {
  assert.equal(cleanToken(' a.b.c\n'), 'a.b.c')
  assert.equal(cleanToken('Bearer a.b.c'), 'a.b.c')
  assert.equal(cleanToken('authorization: bearer a.b\n.c'), 'a.b.c')
})

test('claims are read as UTF-8 from base64url', () => {
  assert.deepEqual(readClaims(tokenWith({ name: 'Siân ??>' })), { name: 'Siân ??>' })
  assert.equal(readClaims('a.b'), null)
  assert.equal(readClaims('a.%.c'), null)
})

test('the hint tells a missing, broken, running and expired token apart', () => {
  assert.match(describeToken('', now), /anonymous/)
  assert.match(describeToken('a.b', now), /three parts/)
  assert.match(describeToken('a.b.ç', now), /three parts/)
  assert.match(describeToken(tokenWith({ exp: now / 1000 + 60 }), now), /in use until/)
  assert.match(describeToken(tokenWith({ exp: now / 1000 - 60 }), now), /expired on/)
  assert.match(describeToken(tokenWith({}), now), /no time/)
  assert.match(describeToken(tokenWith({ exp: 1e300 }), now), /cannot be read/)
})
