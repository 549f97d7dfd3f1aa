import assert from 'node:assert/strict'
import { test } from 'node:test'

import { chooseOperation } from './fetcher.js'

const nameOf = (query, operationName) => chooseOperation(query, operationName)?.name?.value

test('the operation asked for is the one that runs', () => {
  assert.equal(nameOf('query A { a } query B { b }', 'B'), 'B')
})

test('the only operation runs under its own name, whatever name is left from before', () => {
  assert.equal(nameOf('query New { a }', 'Old'), 'New')
  assert.equal(chooseOperation('subscription { a }', 'Old').operation, 'subscription')
})

test('what cannot be chosen here is left to the server', () => {
  assert.equal(chooseOperation('query A { a } query B { b }', 'C'), undefined)
  assert.equal(chooseOperation('query {', 'A'), undefined)
})
