// Socket.IO's own server with @socket.io/redis-adapter, one process of a cluster.
// Usage: node redis.js REDIS_PORT; says "ready PORT" when it is.
"use strict";

const http = require("node:http");
const { createAdapter } = require("@socket.io/redis-adapter");
const { createClient } = require("redis");
const { Server } = require("socket.io");

const QUIET_MILLIS = 600_000;

async function main() {
	const publisher = createClient({ url: `redis://127.0.0.1:${process.argv[2]}` });
	const subscriber = publisher.duplicate();
	await Promise.all([publisher.connect(), subscriber.connect()]);
	const server = http.createServer();
	const io = new Server(server, { pingInterval: QUIET_MILLIS, pingTimeout: QUIET_MILLIS });
	io.adapter(createAdapter(publisher, subscriber));
	io.on("connection", (socket) => {
		socket.on("broadcast", (text, times) => {
			for (let i = 0; i < times; i++) {
				io.emit("news", text);
			}
		});
	});
	process.stdin.on("end", () => process.exit(0)).resume();
	server.listen(0, "127.0.0.1", () => console.log(`ready ${server.address().port}`));
}

main();
