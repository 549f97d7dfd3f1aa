import { applyEdits, format } from 'jsonc-parser'

// GraphiQL tidies variables and headers with Prettier's JavaScript parser and printer, which are larger than the rest of
// Prettier together. This is the same as a Prettier plugin for JSON with comments, made of the parser GraphiQL brings
// anyway; `vite.config.js` puts it in their place.

const AST_FORMAT = 'formatted-json'
const OPTIONS = { insertSpaces: true, tabSize: 2, eol: '\n' }

export const parsers = {
  jsonc: {
    astFormat: AST_FORMAT,
    parse: (text) => ({ text: applyEdits(text, format(text, undefined, OPTIONS)) }),
    locStart: () => 0,
    locEnd: (node) => node.text.length,
  },
}

export const printers = {
  [AST_FORMAT]: { print: (path) => path.node.text },
}
