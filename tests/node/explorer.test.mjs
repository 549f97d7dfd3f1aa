// Drives the explorer in a real Chromium: `node explorer.test.mjs [--small | URL [TOKEN ORGANISATION]]`. Without words it asks
// the finished product with its demonstration data; `--small` is the small server beside this file, for work on the
// explorer. CHROMIUM names the browser; SCREENSHOTS names a folder to leave pictures in.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { ask, demonstration, skip } from './judges/support.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const VIEWER = 'council-admin'
/** For the small server, which looks at no token. */
const SMALL = {
  token: `e30.${Buffer.from('{"sub":"demo","exp":4102444800}').toString('base64url')}.c2ln`,
  organisation: 'T3JnOjE',
}
const WAIT = { timeout: 20_000 }

const CHROMIUM = process.env.CHROMIUM ?? chromiumInPath() ?? skip('there is no Chromium: install it, or name it in CHROMIUM')

const [given, ...credentials] = process.argv.slice(2)
const isSmall = given === '--small'
let base, token, organisation, small, product, browser, profile, page
const seen = { hosts: new Set(), posts: [], complaints: [] }

before(async () => {
  ;({ base, token, organisation } = await somewhere())
  profile = mkdtempSync(join(tmpdir(), 'explorer-'))
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
      .concat(['--disable-component-update', '--disable-sync']),
  })
  await browser.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  browser.on('request', watch)
  browser.on('weberror', (error) => seen.complaints.push(String(error.error())))
  page = await open()
})

after(async () => {
  await browser?.close()
  small?.kill()
  await product?.stop()
  if (profile) rmSync(profile, { recursive: true, force: true })
})

/** Where to go, and as whom. */
async function somewhere() {
  if (isSmall) return { base: await startSmall(), ...SMALL }
  if (given) return { base: given, token: credentials[0] ?? SMALL.token, organisation: credentials[1] ?? SMALL.organisation }
  product = await demonstration()
  const token = await product.command('token', VIEWER)
  const { data } = await ask(product.url, token, '{ viewer { actingOrganisation { id } } }')
  return { base: product.origin, token, organisation: data.viewer.actingOrganisation.id }
}

function startSmall() {
  small = spawn(process.execPath, [fileURLToPath(new URL('explorer_server.mjs', import.meta.url))])
  small.stderr.pipe(process.stderr)
  return new Promise((resolve) => small.stdout.once('data', (line) => resolve(String(line).trim())))
}

function chromiumInPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

function watch(request) {
  const url = new URL(request.url())
  if (url.protocol !== 'data:') seen.hosts.add(url.origin)
  if (url.pathname === '/graphql' && request.method() === 'POST') {
    seen.posts.push({ headers: request.headers(), body: request.postDataJSON() })
  }
}

async function open() {
  const opened = await browser.newPage()
  opened.on('console', (message) => message.type() === 'error' && seen.complaints.push(message.text()))
  opened.on('worker', (worker) => worker.on('console', (message) => message.type() === 'error' && seen.complaints.push(message.text())))
  await opened.goto(base)
  await opened.locator('.graphiql-query-editor .view-lines').waitFor(WAIT)
  return opened
}

/** The text of one editor; Monaco keeps only the visible lines in the page, so the model is asked. */
const textOf = (name, on = page) =>
  on.evaluate((ending) => globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith(ending)).getValue(), name)

const answered = (text) =>
  page.waitForFunction(
    (expected) =>
      globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith('response.json')).getValue().includes(expected),
    text,
    WAIT,
  )

async function write(query) {
  await page.locator('.graphiql-query-editor .view-lines').first().click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(query)
  await page.waitForFunction(
    (expected) =>
      globalThis.__MONACO.editor.getModels().find((m) => m.uri.path.endsWith('operation.graphql')).getValue() === expected,
    query,
    WAIT,
  )
}

const picture = (name, on = page) =>
  process.env.SCREENSHOTS && on.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) })

test('the page has a title, a language and one heading', async () => {
  assert.equal(await page.title(), 'Roundtable explorer')
  assert.equal(await page.locator('html').getAttribute('lang'), 'en-GB')
  assert.equal(await page.locator('h1').innerText(), 'Roundtable explorer')
})

test('the schema is read and an anonymous query is answered', async () => {
  await write('query Where { __typename }')
  await page.keyboard.press('ControlOrMeta+Enter')
  await answered('"__typename": "')
  const { headers, body } = seen.posts.at(-1)
  assert.equal(headers.authorization, undefined)
  assert.equal(body.operationName, 'Where')
  assert.ok(seen.posts.some((post) => post.body.operationName === 'IntrospectionQuery'))
  await picture('answer')
})

test('a subscription is followed to its end', { skip: !isSmall && 'the small server has one of its own' }, async () => {
  await write('subscription Three { count }')
  await page.keyboard.press('ControlOrMeta+Enter')
  await answered('"count": 3')
  await page.getByRole('button', { name: /Execute query/ }).waitFor(WAIT)
})

test('the documentation of the schema opens', async () => {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).first().waitFor(WAIT)
  await picture('documentation')
  await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click()
})

test('workers check and complete queries against the schema', async () => {
  await write('query Wrong { noSuchField }')
  await page.locator('.graphiql-query-editor .squiggly-error').first().waitFor(WAIT)
  await write('query Complete { __ }')
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Control+Space')
  await page.locator('.suggest-widget.visible').getByText('__typename').first().waitFor(WAIT)
  await picture('suggestions')
  await page.keyboard.press('Escape')
  assert.ok(page.workers().length >= 2, `${page.workers().length} workers`)
})

test('a token and an acting organisation are sent as headers, and kept nowhere', async () => {
  await page.getByLabel('Paste a demo token').fill(` Bearer ${token}\n`)
  await page.getByLabel('Acting organisation').fill(organisation)
  await page.getByText(/Token in use until/).waitFor(WAIT)
  const before = seen.posts.length
  await write('query WithToken { __typename }')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.waitForFunction(() => !document.querySelector('.graphiql-response .graphiql-spinner'))
  await until(() => seen.posts.length > before)
  const { headers } = seen.posts.at(-1)
  assert.equal(headers.authorization, `Bearer ${token}`)
  assert.equal(headers['roundtable-acting-organisation'], organisation)
  await page.waitForTimeout(700) // longer than GraphiQL waits before it stores its tabs
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ''])
})

test('a token is remembered for the browser tab only when asked', async () => {
  await page.getByLabel(/Remember on this computer/).check()
  await page.reload()
  await page.locator('.graphiql-query-editor .view-lines').waitFor(WAIT)
  assert.match(await page.getByLabel('Paste a demo token').inputValue(), new RegExp(token.slice(0, 12)))
  await page.getByLabel(/Remember on this computer/).uncheck()
  await page.reload()
  await page.locator('.graphiql-query-editor .view-lines').waitFor(WAIT)
  assert.equal(await page.getByLabel('Paste a demo token').inputValue(), '')
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0])
})

test('an example fills query and variables, and does not overwrite a query of one’s own', async () => {
  const examples = await (await fetch(`${base}/explorer/examples.json`)).json()
  const chosen = Math.max(0, examples.findIndex(({ variables }) => Object.keys(variables).length > 0))
  await page.getByLabel('Examples').selectOption(String(chosen))
  await page.getByRole('button', { name: 'Load example' }).click()
  await page.getByText(`Loaded. Written for: ${examples[chosen].viewer}.`).waitFor(WAIT)
  assert.equal(await textOf('operation.graphql'), `${examples[chosen].query.trim()}\n`)
  assert.deepEqual(JSON.parse((await textOf('variables.json')) || '{}'), examples[chosen].variables)
  assert.equal(await page.locator('.graphiql-tab').count(), 1)

  await write('query MyOwn { __typename }')
  await page.getByRole('button', { name: 'Load example' }).click()
  await until(async () => (await page.locator('.graphiql-tab').count()) === 2)
  await picture('example')
  await page.locator('.graphiql-tab-button').first().click()
  await until(async () => (await textOf('operation.graphql')) === 'query MyOwn { __typename }')
})

test('prettify tidies the query and the variables', async () => {
  await write('query   Untidy{__typename}')
  await page.getByRole('button', { name: /prettify/i }).click()
  await until(async () => (await textOf('operation.graphql')) === 'query Untidy {\n  __typename\n}\n')
  await page.evaluate(() => {
    const models = globalThis.__MONACO.editor.getModels()
    models.find((m) => m.uri.path.endsWith('variables.json')).setValue('{"a":[1,2], // note\n"b":{}}')
  })
  await page.getByRole('button', { name: /prettify/i }).click()
  await until(async () => (await textOf('variables.json')).startsWith('{\n  "a": ['))
  assert.match(await textOf('variables.json'), /\/\/ note/)
})

test('everything above the editor is reached by keyboard, in order, and the editor can be left', async () => {
  const fresh = await open()
  const names = []
  for (let i = 0; i < 7; i++) {
    await fresh.keyboard.press('Tab')
    names.push(await fresh.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim()))
  }
  assert.equal(names[0], 'Skip to the query editor')
  assert.deepEqual(names.slice(1, 3), ['token', 'organisation'])
  assert.deepEqual(names.slice(4, 6), ['example', 'Load example'])
  await fresh.locator('.skip-link').focus()
  await picture('skip-link', fresh)
  await fresh.keyboard.press('Enter')
  const inEditor = () => fresh.evaluate(() => document.activeElement.matches('.graphiql-query-editor textarea, .graphiql-query-editor textarea *'))
  await until(inEditor)
  await fresh.keyboard.press('Tab')
  assert.equal(await inEditor(), false)
  await fresh.close()
})

for (const colorScheme of ['light', 'dark']) {
  test(`the page has no accessibility faults of its own in the ${colorScheme} theme`, async () => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(colorScheme === 'dark' ? '.monaco-editor.vs-dark' : '.monaco-editor.vs').first().waitFor(WAIT)
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).first().waitFor(WAIT)
    await page.evaluate(AXE)
    // GraphiQL's tabs nest a close button in a draggable item; that is for GraphiQL to mend.
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run({ exclude: ['.graphiql-tab'] }, { resultTypes: ['violations'] }),
    )
    await picture(`theme-${colorScheme}`)
    await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click()
    assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary }))), [])
  })
}

test('at 400 % zoom the token box fits the width and can be used', async () => {
  await page.setViewportSize({ width: 320, height: 256 }) // 1280 by 1024 at 400 %: WCAG 2.2, 1.4.10 Reflow
  const field = page.getByLabel('Paste a demo token')
  await field.fill('a.b.c')
  await field.scrollIntoViewIfNeeded()
  const box = await field.boundingBox()
  assert.ok(box.x >= 0 && box.x + box.width <= 320 && box.width > 200, JSON.stringify(box))
  for (const label of ['Acting organisation', 'Examples']) {
    const { x, width } = await page.getByLabel(label).boundingBox()
    assert.ok(x >= 0 && x + width <= 320, label)
  }
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'the page scrolls sideways')
  await picture('zoom')
  await page.setViewportSize({ width: 1280, height: 800 })
})

test('no policy was violated, nothing failed, and no other host was asked', () => {
  assert.deepEqual([...seen.hosts], [new URL(base).origin])
  assert.deepEqual(seen.complaints, [])
})

async function until(condition) {
  const deadline = Date.now() + WAIT.timeout
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `never true: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
