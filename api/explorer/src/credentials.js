import { useEffect, useRef, useState } from 'react'

import { cleanToken, fitsHeader } from './token.js'

const STORAGE_KEY = 'roundtable-explorer'
const NOBODY = { token: '', organisation: '', remember: false }

/**
 * Who the person says they are: token, acting organisation, and whether to remember both until the browser tab closes.
 * Kept in memory, and in `sessionStorage` only when asked to. Returns the values, a function that changes some of
 * them, and a stable function that gives the request headers as they are at the time of the call.
 */
export function useCredentials() {
  const [credentials, setCredentials] = useState(recall)
  const current = useRef(credentials)
  current.current = credentials
  useEffect(() => keep(credentials), [credentials])

  const [readHeaders] = useState(() => () => headersOf(current.current))
  const change = (some) => setCredentials((before) => ({ ...before, ...some }))
  return { credentials, change, readHeaders }
}

function headersOf({ token, organisation }) {
  const headers = {}
  const bearer = cleanToken(token)
  const actingFor = organisation.trim()
  if (fitsHeader(bearer)) headers['Authorization'] = `Bearer ${bearer}`
  if (fitsHeader(actingFor)) headers['Roundtable-Acting-Organisation'] = actingFor
  return headers
}

// Browsers that forbid storage throw on access; the explorer then simply does not remember.
function recall() {
  try {
    return { ...NOBODY, ...JSON.parse(sessionStorage.getItem(STORAGE_KEY)) }
  } catch {
    return NOBODY
  }
}

function keep(credentials) {
  try {
    if (credentials.remember) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(credentials))
    else sessionStorage.removeItem(STORAGE_KEY)
  } catch {
    // See `recall`.
  }
}
