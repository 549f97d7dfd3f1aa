import { GraphiQLInterface, GraphiQL } from 'graphiql'
import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer'
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history'
import { GraphiQLProvider, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { MotionConfig } from 'framer-motion'
import { useEffect, useState } from 'react'

import { ConnectionBar } from './connection_bar.jsx'
import { useCredentials } from './credentials.js'
import { ExamplePicker } from './example_picker.jsx'
import { welcomeQuery } from './examples.js'
import { createFetcher } from './fetcher.js'
import { createMemoryStorage } from './memory_storage.js'

const PLUGINS = [DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN]

/** The whole page: skip link, connection bar, examples, and GraphiQL below them. */
export function Explorer({ examples }) {
  const { credentials, change, readHeaders } = useCredentials()
  const [fetcher] = useState(() => createFetcher(readHeaders))
  const [storage] = useState(createMemoryStorage)
  const [defaultQuery] = useState(() => welcomeQuery(examples))

  return (
    <MotionConfig reducedMotion="user">
      <GraphiQLProvider
        fetcher={fetcher}
        storage={storage}
        shouldPersistHeaders={false}
        defaultQuery={defaultQuery}
        plugins={PLUGINS}
        referencePlugin={DOC_EXPLORER_PLUGIN}
      >
        <HistoryStore>
          <DocExplorerStore>
            <Page examples={examples} credentials={credentials} change={change} defaultQuery={defaultQuery} />
          </DocExplorerStore>
        </HistoryStore>
      </GraphiQLProvider>
    </MotionConfig>
  )
}

function Page({ examples, credentials, change, defaultQuery }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor)
  useAccessibleEditors()
  useSystemTheme()

  const skip = (event) => {
    event.preventDefault()
    queryEditor?.focus()
  }
  return (
    <>
      <a className="skip-link" href="#editor" onClick={skip}>
        Skip to the query editor
      </a>
      <header className="bar">
        <h1>Roundtable explorer</h1>
        <ConnectionBar credentials={credentials} change={change} />
        <ExamplePicker examples={examples} defaultQuery={defaultQuery} />
      </header>
      <main id="editor">
        <GraphiQLInterface showPersistHeadersSettings={false} defaultEditorToolsVisibility="variables">
          <GraphiQL.Logo>
            <a className="licences" href="/explorer/third_party_licences.txt">
              Licences
            </a>
          </GraphiQL.Logo>
        </GraphiQLInterface>
      </main>
    </>
  )
}

/**
 * Gives each Monaco editor a name for screen readers, lines that wrap when the page is narrow or enlarged, and the
 * reader's own fixed-width font instead of a shipped one.
 */
function useAccessibleEditors() {
  const queryEditor = useGraphiQL((state) => state.queryEditor)
  const variableEditor = useGraphiQL((state) => state.variableEditor)
  const headerEditor = useGraphiQL((state) => state.headerEditor)
  const responseEditor = useGraphiQL((state) => state.responseEditor)

  useEffect(() => {
    const names = [
      [queryEditor, 'GraphQL query'],
      [variableEditor, 'Variables, as JSON'],
      [headerEditor, 'Request headers, as JSON'],
      [responseEditor, 'Answer of the server'],
    ]
    for (const [editor, ariaLabel] of names) {
      editor?.updateOptions({ ariaLabel, wordWrap: 'on', fontFamily: 'ui-monospace, Menlo, Consolas, monospace' })
    }
  }, [queryEditor, variableEditor, headerEditor, responseEditor])
}

/** Follows the system from light to dark and back while the page is open; GraphiQL asks only at the start. */
function useSystemTheme() {
  const theme = useGraphiQL((state) => state.theme)
  const { setTheme } = useGraphiQLActions()

  useEffect(() => {
    const query = window.matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setTheme(theme)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [theme, setTheme])
}
