import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useState } from 'react'

import { groupByViewer } from './examples.js'

/**
 * The drop-down of examples, by viewer, and the button that puts one into the editor. A button, because choosing with
 * the arrow keys must not change the page at every step (WCAG 2.2, 3.2.2 On Input).
 */
export function ExamplePicker({ examples, defaultQuery }) {
  const [chosen, setChosen] = useState('')
  const [message, setMessage] = useState('')
  const show = useShowExample(examples, defaultQuery)

  const load = (event) => {
    event.preventDefault()
    const example = examples[chosen]
    if (!example) {
      setMessage('Choose an example first.')
      return
    }
    show(example)
    setMessage(`Loaded. Written for: ${example.viewer}.`)
  }
  return (
    <form className="fields" aria-label="Example queries" onSubmit={load}>
      <div className="field wide">
        <label htmlFor="example">Examples</label>
        <div className="with-button">
          <select
            id="example"
            value={chosen}
            aria-describedby="example-hint"
            onChange={(event) => setChosen(event.target.value)}
          >
            <option value="">{examples.length ? 'Choose an example' : 'No examples are available'}</option>
            {groupByViewer(examples).map(([viewer, titles]) => (
              <optgroup key={viewer} label={viewer}>
                {titles.map(({ index, title }) => (
                  <option key={index} value={index}>
                    {title}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
          <button type="submit">Load example</button>
        </div>
        <p id="example-hint" className="hint" aria-live="polite">
          {message || 'Each is written for a viewer of the demo data.'}
        </p>
      </div>
    </form>
  )
}

/** Shows an example in the current tab, or in a new one when the current holds a query of the person's own. */
function useShowExample(examples, defaultQuery) {
  const { addTab } = useGraphiQLActions()
  const queryEditor = useGraphiQL((state) => state.queryEditor)
  const variableEditor = useGraphiQL((state) => state.variableEditor)
  const responseEditor = useGraphiQL((state) => state.responseEditor)

  return ({ query, variables }) => {
    const shipped = ['', defaultQuery, ...examples.map((example) => example.query)].map((text) => text.trim())
    if (!shipped.includes(queryEditor?.getValue().trim() ?? '')) addTab()
    queryEditor?.setValue(`${query.trim()}\n`)
    variableEditor?.setValue(hasEntries(variables) ? JSON.stringify(variables, null, 2) : '')
    responseEditor?.setValue('')
  }
}

function hasEntries(variables) {
  return variables != null && Object.keys(variables).length > 0
}
