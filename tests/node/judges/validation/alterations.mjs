// Documents that nobody would write: the hand-written ones with words left out, doubled, replaced or put in, by chance. The
// same seed makes the same documents.

const TOKEN = /"""[^]*?"""|"(?:\\.|[^"])*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|[^\s,]/g

/** Mulberry32: a small generator whose results are the same everywhere. */
function generator(seed) {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Descriptions of operations and fragments, which our parser does not know yet. */
function hasTextOutsideBrackets(tokens) {
  let open = 0
  return tokens.some((token) => {
    if ('([{'.includes(token)) open += 1
    if (')]}'.includes(token)) open -= 1
    return open <= 0 && token.startsWith('"')
  })
}

export function alterations(texts, count, seed) {
  const chance = generator(seed)
  const tokenised = texts.map((text) => text.match(TOKEN) ?? [])
  const words = [...new Set(tokenised.flat())]
  const changes = [
    (tokens, at) => tokens.splice(at, 1),
    (tokens, at) => tokens.splice(at, 0, tokens[at]),
    (tokens, at) => tokens.splice(at, 1, words[chance(words.length)]),
    (tokens, at) => tokens.splice(at, 0, words[chance(words.length)]),
  ]
  const altered = []
  while (altered.length < count) {
    const tokens = [...tokenised[chance(tokenised.length)]]
    for (let left = 1 + chance(2); left > 0; left -= 1) changes[chance(changes.length)](tokens, chance(Math.max(tokens.length, 1)))
    if (tokens.length > 0 && !tokens.includes(undefined) && !hasTextOutsideBrackets(tokens)) altered.push(tokens.join(' '))
  }
  return altered
}
