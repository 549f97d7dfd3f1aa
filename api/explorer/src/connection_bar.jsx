import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'

import { cleanToken, describeToken, fitsHeader } from './token.js'

/** The fields that say who is asking: token, acting organisation, and whether to remember them. */
export function ConnectionBar({ credentials, change }) {
  const { introspect } = useGraphiQLActions()
  const schema = useGraphiQL((state) => state.schema)

  // A refused token also refuses the schema; once it is mended, the documentation should appear without a reload.
  const retrySchema = () => {
    if (!schema) introspect()
  }
  return (
    <form className="fields" aria-label="Who is asking" autoComplete="off" onSubmit={(event) => event.preventDefault()}>
      <TokenField token={credentials.token} change={change} onBlur={retrySchema} />
      <OrganisationField organisation={credentials.organisation} change={change} onBlur={retrySchema} />
      <label className="remember">
        <input
          type="checkbox"
          checked={credentials.remember}
          onChange={(event) => change({ remember: event.target.checked })}
        />
        Remember on this computer until this browser tab closes
      </label>
    </form>
  )
}

function TokenField({ token, change, onBlur }) {
  return (
    <div className="field wide">
      <label htmlFor="token">Paste a demo token</label>
      <input
        id="token"
        className="masked"
        type="text"
        value={token}
        aria-describedby="token-hint"
        onChange={(event) => change({ token: event.target.value })}
        onBlur={onBlur}
        {...PLAIN_INPUT}
      />
      <p id="token-hint" className="hint" aria-live="polite">
        {describeToken(cleanToken(token), Date.now())}
      </p>
    </div>
  )
}

function OrganisationField({ organisation, change, onBlur }) {
  const trimmed = organisation.trim()
  const usable = trimmed === '' || fitsHeader(trimmed)
  return (
    <div className="field">
      <label htmlFor="organisation">Acting organisation</label>
      <input
        id="organisation"
        type="text"
        value={organisation}
        aria-describedby="organisation-hint"
        aria-invalid={!usable}
        onChange={(event) => change({ organisation: event.target.value })}
        onBlur={onBlur}
        {...PLAIN_INPUT}
      />
      <p id="organisation-hint" className="hint" aria-live="polite">
        {usable ? 'Its id; empty if you act for one only.' : 'Not sent: an id has no spaces or accents.'}
      </p>
    </div>
  )
}

// Spelling checkers and autofill may send what is typed elsewhere; a token must stay on this page.
const PLAIN_INPUT = { autoComplete: 'off', autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false }
