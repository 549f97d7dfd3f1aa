// Runs the public GraphQL-over-HTTP audits against a server: `node graphql-http-audit.mjs [http://127.0.0.1:8080/graphql]`.
// Starts a server of its own without an address.
// Every audit counts, whether it says MUST, SHOULD or MAY. Exits with 1 if one does not pass.
import { serverAudits } from 'graphql-http';
import { serverAddress } from './judges/support.mjs';

/** As many as there were when this was written; fewer would mean that they are not asked. */
const AUDITS_AT_LEAST = 61;

const url = await serverAddress();

const results = [];
for (const audit of serverAudits({ url })) {
  results.push(await audit.fn());
}
const failed = results.filter((result) => result.status !== 'ok');
for (const result of failed) {
  console.error(`${result.status} ${result.id} ${result.name}: ${result.reason}`);
}
console.log(`${results.length - failed.length} of ${results.length} audits passed`);
process.exit(failed.length === 0 && results.length >= AUDITS_AT_LEAST ? 0 : 1);
