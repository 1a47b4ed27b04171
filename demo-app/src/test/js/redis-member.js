/*
 * A server of Node.js in a cluster over Redis, one of those of redis-cluster.js.
 *
 *     node redis-member.js <port of Redis> <name> <milliseconds that requests may take>
 *
 * Prints {"url": "..."} and serves until it is killed.
 */

const { createClient } = require("redis");
const { startServer } = require("./redis-cluster.js");

const [port, name, requestsTimeout] = process.argv.slice(2);

async function main() {
	const redis = createClient({ url: `redis://127.0.0.1:${port}` });
	await redis.connect();
	console.log(JSON.stringify({ url: await startServer(name, redis, { requestsTimeout: Number(requestsTimeout) }) }));
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
