// PostGraphile v5 as its documentation recommends for production: the Amber preset with simplified names, NODE_ENV=production,
// and one process a core where WORKERS asks for more than one. It serves the tables as they are, without authorisation.
import cluster from "node:cluster";
import { createServer } from "node:http";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { postgraphile } from "postgraphile";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";

const workers = Number(process.env.WORKERS ?? 1);
const port = Number(process.env.PORT);

const preset = {
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
  // It hides orders and relations that no index begins with; the documents need them.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ["public"],
      // As many connections in all as the other servers have.
      poolConfig: { max: Math.max(1, Math.floor(8 / workers)) },
    }),
  ],
  grafast: { explain: false },
  grafserv: { port, graphiql: false, watch: false, graphqlPath: "/graphql" },
};

if (workers > 1 && cluster.isPrimary) {
  for (let started = 0; started < workers; started += 1) cluster.fork();
} else {
  const instance = postgraphile(preset).createServ(grafserv);
  const server = createServer();
  await instance.addTo(server);
  server.listen(port, "127.0.0.1");
}
