// Usage: node explorer_picture.mjs BASE_URL TOKEN EXAMPLE FILE. Takes the picture of the explorer that the README shows: with a
// token in use and the example of that title answered. CHROMIUM names the browser (default /usr/bin/chromium).
import { chromium } from 'playwright-core'

const [base, token, example, file] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1, colorScheme: 'light' })
await page.goto(base)
await page.locator('.graphiql-query-editor .view-lines').waitFor()
await page.getByLabel('Paste a demo token').fill(token)
await page.getByText(/Token in use until/).waitFor()
await page.getByLabel('Examples').selectOption({ label: example })
await page.getByRole('button', { name: 'Load example' }).click()
await page.getByText(/^Loaded\./).waitFor()
await page.locator('.graphiql-query-editor .view-lines').first().click()
await page.keyboard.press('ControlOrMeta+Enter')
await page.waitForFunction(() =>
  globalThis.__MONACO.editor.getModels().find((model) => model.uri.path.endsWith('response.json')).getValue().includes('"data"'),
)
await page.waitForTimeout(500) // the response is coloured a moment after it arrives
await page.screenshot({ path: file })
await browser.close()
