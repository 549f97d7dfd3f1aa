const EXAMPLES = '/explorer/examples.json'

/** The example queries, each `{ viewer, title, query, variables }`; none when the list cannot be loaded. */
export async function loadExamples() {
  try {
    const response = await fetch(EXAMPLES)
    if (!response.ok) throw new Error(`status ${response.status}`)
    return await response.json()
  } catch (error) {
    console.warn('The examples could not be loaded.', error)
    return []
  }
}

/** The examples by viewer, `[viewer, [{ index, title }]]`, in the order of the file. */
export function groupByViewer(examples) {
  const groups = new Map()
  examples.forEach(({ viewer, title }, index) => {
    if (!groups.has(viewer)) groups.set(viewer, [])
    groups.get(viewer).push({ index, title })
  })
  return [...groups]
}

/** What the editor shows at first: a welcome, and an example that needs no token. */
export function welcomeQuery(examples) {
  const first = examples.find(({ viewer }) => viewer === 'Anonymous') ?? { query: 'query Hello {\n  __typename\n}' }
  return `${WELCOME}\n\n${first.query.trim()}\n`
}

const WELCOME = `# Welcome to Roundtable.
#
# To run this query, press the play button or Ctrl+Enter.
# To look as somebody else, paste their token above and
# choose an example. The book on the left opens the
# documentation.
#
# Keyboard: Enter starts editing, Tab leaves the editor,
# Ctrl+Space suggests fields.`
