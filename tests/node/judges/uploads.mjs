// Uploads a file with the protocol's own client (tus-js-client), breaks it off in the middle, resumes it and fetches it again:
// `ROUNDTABLE_BIN=… node judges/uploads.mjs`.
import { createHash, randomBytes } from 'node:crypto'
import * as tus from 'tus-js-client'
import { ask, demonstration, verdict } from './support.mjs'

const START = `mutation($input: MediaUploadStartInput!) {
  mediaUploadStart(input: $input) { media { id } uploadUrl userErrors { message } }
}`
const READ = `query($id: ID!) { media(id: $id) { status sha256 version downloadUrl } }`
const DELETE = `mutation($input: MediaDeleteInput!) { mediaDelete(input: $input) { deletedMediaId userErrors { message } } }`

const PART = 256 * 1024

const findings = []
const server = await demonstration()
const token = await server.command('token', 'board-member')
const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(10 * PART + 777)])
const sha256 = createHash('sha256').update(picture).digest('hex')

const first = await announce()
await send(first.uploadUrl, { stopAfter: 4 * PART })
const begun = await offset(first.uploadUrl)
expect(begun > 0 && begun < picture.length, `after it was broken off the file has arrived up to ${begun}`)
await send(first.uploadUrl)
const stored = await read(first.media.id)
expect(stored.status === 'STORED' && stored.sha256 === sha256, `it was stored as ${JSON.stringify(stored)}`)
const fetched = Buffer.from(await (await fetch(`${server.origin}${stored.downloadUrl}`)).arrayBuffer())
expect(fetched.equals(picture), 'what is fetched is not what was sent')

const second = await announce()
await send(second.uploadUrl, { stopAfter: PART, terminate: true })
expect((await read(second.media.id)) === null, 'an upload that was terminated is still there')

await ask(server.url, token, DELETE, { input: { id: first.media.id, expectedVersion: stored.version } })
expect((await read(first.media.id)) === null, 'a file that was deleted is still there')
await server.stop()
verdict(`tus-js-client uploads ${picture.length} bytes in parts, breaks off, resumes and terminates`, findings)

async function announce() {
  const input = { fileName: 'picture.png', mediaType: 'image/png', bytes: String(picture.length), sha256 }
  const { data } = await ask(server.url, token, START, { input })
  return data.mediaUploadStart
}

async function read(id) {
  return (await ask(server.url, token, READ, { id })).data.media
}

async function offset(path) {
  const response = await fetch(`${server.origin}${path}`, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
  return Number(response.headers.get('upload-offset'))
}

/** Sends what has not arrived, as the client's library does; stops after so many bytes, and gives the upload up if asked. */
function send(path, { stopAfter = Infinity, terminate = false } = {}) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(picture, {
      uploadUrl: `${server.origin}${path}`,
      uploadSize: picture.length,
      chunkSize: PART,
      retryDelays: null,
      onError: reject,
      onSuccess: resolve,
      onChunkComplete: (_, accepted) => {
        if (accepted >= stopAfter && accepted < picture.length) upload.abort(terminate).then(resolve, reject)
      },
    })
    upload.start()
  })
}

function expect(holds, finding) {
  if (!holds) findings.push(finding)
}
