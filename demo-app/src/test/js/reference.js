/*
 * The events that interop.js drives, on Node's own server: what passes here is what Socket.IO does.
 *
 *     node reference.js
 *
 * Prints its port. A line on standard input restarts the server on the same port, after which it prints the port again;
 * the end of standard input ends it.
 */

const readline = require("node:readline");
const { Server } = require("socket.io");

function start(port) {
	const io = new Server({ allowEIO3: true, pingInterval: 500, pingTimeout: 60000 });

	io.on("connection", (socket) => {
		socket.on("echo-text", (text, reply) => reply(text));
		socket.on("echo-json", (value, reply) => reply(value));
		socket.on("echo-pair", (text, value, reply) => reply(text, value));
		socket.on("echo-binary", (data, reply) => reply(data));
		socket.on("say-back", (value) => socket.emit("said", value));
		socket.on("ask-me", (text) => socket.emit("question", text, (answer) => socket.emit("answered", answer)));
		socket.on("ask-me-binary", (data) => socket.emit("binary-question", data, (answer) => socket.emit("binary-answered", answer)));
		socket.on("wrap-binary", (label, data) => socket.emit("wrapped", { label, data, more: [Buffer.from([1])] }));
		socket.on("number-back", (number) => socket.emit("number", number));
		socket.on("count", (count) => {
			for (let i = 0; i < count; i++) {
				socket.emit("number", i);
			}
		});
		socket.on("join", (room, reply) => {
			socket.join(room);
			reply();
		});
		socket.on("leave", (room, reply) => {
			socket.leave(room);
			reply();
		});
		socket.on("shout", (room, text, reply) => {
			socket.to([room, `${room}-2`]).emit("shouted", text);
			reply();
		});
		socket.on("perhaps", () => socket.volatile.emit("perhaps"));
		socket.on("kick", () => socket.disconnect());
		socket.on("call-me", (name, reply) => {
			socket.data.name = name;
			reply();
		});
		socket.on("disconnect", () => socket.data.name && io.emit("left", socket.data.name));
	});

	io.of("/other").on("connection", (socket) => {
		socket.on("echo-text", (text, reply) => reply(`other: ${text}`));
	});

	io.of("/admin").use((socket, next) => {
		if (socket.handshake.auth.token === "secret") {
			next();
			return;
		}
		const failure = new Error("not authorized");
		failure.data = { code: "E_TOKEN" };
		next(failure);
	});
	io.of("/admin").on("connection", (socket) => {
		socket.on("who-am-i", (reply) => reply("ada"));
	});

	io.listen(port);
	io.httpServer.once("listening", () => console.log(io.httpServer.address().port));
	return io;
}

let io = start(0);
const lines = readline.createInterface({ input: process.stdin });
lines.on("line", async () => {
	const { port } = io.httpServer.address();
	// io.close() alone cuts polling clients off; a connection that is closed first tells its client
	await Promise.all(Object.values(io.engine.clients).map((connection) => new Promise((resolve) => {
		connection.once("close", resolve);
		connection.close();
	})));
	io.close(() => {
		io = start(port);
	});
});
lines.on("close", () => process.exit(0));
