// Monaco checks and completes text in workers; each is a file of its own on this server, so the content security
// policy can be `worker-src 'self'` without `blob:`.
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker'
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker'
import GraphqlWorker from 'monaco-graphql/esm/graphql.worker.js?worker'

const workers = { json: JsonWorker, graphql: GraphqlWorker }

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new (workers[label] ?? EditorWorker)(),
}
