import './workers.js'
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import 'graphiql/graphiql.css'
import './style.css'

import { createRoot } from 'react-dom/client'

import { loadExamples } from './examples.js'
import { Explorer } from './explorer.jsx'

// The first example is what a newcomer sees in the editor, so the page waits for the list.
const examples = await loadExamples()
createRoot(document.getElementById('root')).render(<Explorer examples={examples} />)
