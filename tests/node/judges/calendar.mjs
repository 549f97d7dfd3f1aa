// Reads calendars with the parser of Mozilla's Thunderbird (ical.js): `ROUNDTABLE_BIN=… node judges/calendar.mjs`. Without more
// words it subscribes to a calendar of the demonstration and compares it with what GraphQL answers. With the names of two files,
// a calendar and what must be found in it as JSON, it compares those.
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import { ask, demonstration, verdict } from './support.mjs'

const OWN = `query($from: DateTime!, $before: DateTime!) {
  meetings(first: 100, filter: { isMine: true, status: [PUBLISHED, HELD, MINUTES_DRAFT, MINUTES_APPROVED, CANCELLED], startsFrom: $from, startsBefore: $before }) {
    nodes { id title startsAt endsAt status venue publishedAt version joining { onlineUrl } board { name } }
  }
  events(first: 100, filter: { isOnMyCalendar: true, status: [PUBLISHED, CANCELLED], startsFrom: $from, startsBefore: $before }) {
    nodes { id title startsAt endsAt status venue publishedAt version joining { onlineUrl } }
  }
}`
const CREATE = `mutation { calendarFeedCreate(input: { name: "Judge" }) { path calendarFeed { id version } userErrors { message } } }`
const REVOKE = `mutation($input: CalendarFeedRevokeInput!) { calendarFeedRevoke(input: $input) { userErrors { message } } }`

const DAY = 86_400_000

const [calendarFile, expectedFile] = process.argv.slice(2)
const findings = []
const events = calendarFile ? judgeFile() : await judgeDemonstration()
verdict(`ical.js reads ${events} events as they are meant`, findings)

function judgeFile() {
  const expected = JSON.parse(readFileSync(expectedFile, 'utf8'))
  compare(read(readFileSync(calendarFile, 'utf8')), expected)
  return expected.length
}

async function judgeDemonstration() {
  const server = await demonstration()
  const token = await server.command('token', 'board-member')
  const { data: { calendarFeedCreate: made } } = await ask(server.url, token, CREATE)
  const address = `${server.origin}${made.path}`
  const response = await fetch(address)
  expect(response.status === 200, `the calendar is answered ${response.status}`)
  expect(response.headers.get('content-type') === 'text/calendar; charset=utf-8', `it is ${response.headers.get('content-type')}`)
  const calendar = read(await response.text())
  const again = await fetch(address, { headers: { 'if-none-match': response.headers.get('etag') } })
  expect(again.status === 304, `the same calendar is answered ${again.status}`)
  const today = Math.floor(Date.now() / DAY)
  const day = (days) => new Date((today + days) * DAY).toISOString()
  const { data } = await ask(server.url, token, OWN, { from: day(-90), before: day(400) })
  const [meetings, events] = [data.meetings, data.events].map(({ nodes }) => nodes.filter(({ publishedAt }) => publishedAt))
  expect(meetings.length > 0, 'the demonstration has no meetings of this person')
  const expected = [...meetings, ...events].map(ofEntry)
  compare(calendar, expected)
  const { id, version } = made.calendarFeed
  await ask(server.url, token, REVOKE, { input: { id, expectedVersion: version } })
  const stopped = await fetch(address)
  expect(stopped.status === 404, `a calendar that was stopped is answered ${stopped.status}`)
  await server.stop()
  return expected.length
}

/** What a meeting or an event must be in a calendar. */
function ofEntry({ id, title, startsAt, endsAt, status, venue, version, joining, board }) {
  return {
    uid: `${id}@roundtable`,
    summary: board ? `${board.name}: ${title}` : title,
    starts: new Date(startsAt).toISOString(),
    ends: new Date(endsAt).toISOString(),
    status: status === 'CANCELLED' ? 'CANCELLED' : 'CONFIRMED',
    sequence: version - 1,
    location: venue ?? joining.onlineUrl,
    url: joining.onlineUrl,
  }
}

/** The events of a calendar, by the parser; and what the parser would let pass (RFC 5545, 3.1 and 3.6). */
function read(text) {
  expect(text.endsWith('END:VCALENDAR\r\n'), 'the file does not end with its last line')
  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line) <= 75, `a line has ${Buffer.byteLength(line)} octets: ${line}`)
    // eslint-disable-next-line no-control-regex
    expect(!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line), `a line has control characters: ${JSON.stringify(line)}`)
  }
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const name of ['version', 'prodid']) expect(calendar.getAllProperties(name).length === 1, `the calendar has no ${name}`)
  for (const component of calendar.getAllSubcomponents()) expect(component.name === 'vevent', `there is a ${component.name}`)
  const known = new Set(['uid', 'dtstamp', 'dtstart', 'dtend', 'last-modified', 'sequence', 'summary', 'status', 'class', 'transp', 'location', 'url', 'description'])
  return calendar.getAllSubcomponents('vevent').map((component) => {
    for (const { name } of component.getAllProperties()) {
      expect(known.has(name), `an event says ${name}`)
      expect(component.getAllProperties(name).length === 1, `an event says ${name} twice`)
    }
    const event = new ICAL.Event(component)
    const instant = (time) => {
      expect(time.zone === ICAL.Timezone.utcTimezone, `${time} is not in UTC`)
      return time.toJSDate().toISOString()
    }
    instant(component.getFirstPropertyValue('dtstamp'))
    return {
      uid: event.uid,
      summary: event.summary,
      starts: instant(event.startDate),
      ends: instant(event.endDate),
      status: component.getFirstPropertyValue('status'),
      sequence: event.sequence,
      location: event.location,
      url: component.getFirstPropertyValue('url'),
    }
  })
}

function compare(found, expected) {
  const byId = (one, other) => (one.uid < other.uid ? -1 : 1)
  const fields = Object.keys(expected[0] ?? {}).toSorted()
  const text = (events) => events.toSorted(byId).map((event) => JSON.stringify(event, fields))
  const [there, wanted] = [text(found), text(expected)]
  for (const event of wanted) expect(there.includes(event), `there should be ${event}`)
  for (const event of there) expect(wanted.includes(event), `there is ${event}`)
}

function expect(holds, finding) {
  if (!holds) findings.push(finding)
}
