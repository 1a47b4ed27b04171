// Socket.IO's own server, as its documentation runs it on several cores: a primary with
// @socket.io/sticky, workers with @socket.io/cluster-adapter.
// Usage: node cluster.js WORKERS; says "ready PORT" when all workers are.
"use strict";

const cluster = require("node:cluster");
const http = require("node:http");
const { createAdapter, setupPrimary } = require("@socket.io/cluster-adapter");
const { setupMaster, setupWorker } = require("@socket.io/sticky");

const QUIET_MILLIS = 600_000;

if (cluster.isPrimary) {
	const workers = Number(process.argv[2]);
	const server = http.createServer();
	setupMaster(server, { loadBalancingMethod: "least-connection" });
	setupPrimary();
	cluster.setupPrimary({ serialization: "advanced" });
	let ready = 0;
	cluster.on("message", (worker, message) => {
		if (message === "ready" && ++ready === workers) {
			server.listen(0, "127.0.0.1", () => console.log(`ready ${server.address().port}`));
		}
	});
	for (let i = 0; i < workers; i++) {
		cluster.fork();
	}
	process.stdin.on("end", () => process.exit(0)).resume();
}
else {
	const { Server } = require("socket.io");
	const io = new Server(http.createServer(), { pingInterval: QUIET_MILLIS, pingTimeout: QUIET_MILLIS });
	io.adapter(createAdapter());
	setupWorker(io);
	io.on("connection", (socket) => {
		socket.on("echo", (text) => socket.emit("echo", text));
		socket.on("broadcast", (text, times) => {
			for (let i = 0; i < times; i++) {
				io.emit("news", text);
			}
		});
	});
	process.on("disconnect", () => process.exit(0));
	process.send("ready");
}
