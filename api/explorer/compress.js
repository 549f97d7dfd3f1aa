// Usage: node compress.js FROM TO. Writes every file of FROM into TO, compressed by gzip, with ".gz" added to its name.
// gzip, because browsers take Brotli only over HTTPS. Pako instead of Node's zlib, because zlib's bytes differ between
// processors and Node versions, and the output is compared byte by byte.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzip } from 'pako'

const [from, to] = process.argv.slice(2)
let plain = 0
let compressed = 0
for (const name of readdirSync(from, { recursive: true }).sort()) {
  const path = join(from, name)
  if (!statSync(path).isFile()) continue
  const content = readFileSync(path)
  const packed = gzip(content, { level: 9, memLevel: 9 })
  const target = join(to, `${name}.gz`)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, packed)
  plain += content.length
  compressed += packed.length
}
console.log(`${to}: ${Math.round(compressed / 1024)} KiB, ${Math.round(plain / 1024)} KiB before compression`)
