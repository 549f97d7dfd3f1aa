import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const source = (name) => fileURLToPath(new URL(`src/${name}`, import.meta.url))

export default defineConfig({
  base: '/explorer/',
  resolve: {
    alias: [
      { find: 'monaco-editor/esm/vs/editor/edcore.main.js', replacement: source('monaco_features.js') },
      { find: /^prettier\/(parser-babel|plugins\/estree)$/, replacement: source('json_formatter.js') },
    ],
  },
  build: {
    outDir: 'build',
    // Fonts and pictures stay files of their own, so that the content security policy needs no `data:` for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
    license: { fileName: 'third_party_licences.txt' },
    rolldownOptions: {
      // "use client" speaks to server-side rendering, of which there is none.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
  worker: { format: 'es' },
})
