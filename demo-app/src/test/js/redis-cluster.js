/*
 * Two servers of Node.js that form one cluster with other servers over Redis, clients of all of them, and an
 * emitter. Every operation is tried from every server.
 *
 *     node redis-cluster.js <port of Redis>[/<subscription mode>] <url> [<url>...]
 *
 * With a subscription mode, the sharded adapter is used, which emitters do not reach.
 *
 * Other programs may take a server of this one, see redis-member.js.
 *
 * Prints a line of JSON for each check, {"check": "...", "ok": true} or {"check": "...", "ok": false, "why": "..."},
 * and {"done": <number of checks>} at the end.
 */

const assert = require("node:assert");
const http = require("node:http");
const { createAdapter, createShardedAdapter } = require("@socket.io/redis-adapter");
const { Emitter } = require("@socket.io/redis-emitter");
const { createClient } = require("redis");
const { Server } = require("socket.io");
const client = require("socket.io-client-4");

const [redisPort, subscriptionMode] = (process.argv[2] ?? "").split("/");
const redisUrl = `redis://127.0.0.1:${redisPort}`;
const urls = process.argv.slice(3);
const own = 2;
const LIMIT = 60000;
const BYTES = Buffer.from([1, 2, 0, 255]);

let checks = 0;

async function check(name, action) {
	checks++;
	try {
		await action();
		console.log(JSON.stringify({ check: name, ok: true }));
	}
	catch (error) {
		console.log(JSON.stringify({ check: name, ok: false, why: String(error.stack) }));
	}
}

async function until(what, condition) {
	const end = Date.now() + LIMIT;
	while (!(await condition())) {
		if (Date.now() > end) {
			throw new Error(`not in time: ${what}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

function select(io, op) {
	let selected = io;
	for (const room of op.rooms ?? []) {
		selected = selected.to(room);
	}
	for (const room of op.except ?? []) {
		selected = selected.except(room);
	}
	return selected;
}

async function perform(io, heard, op) {
	const selected = select(io, op);
	switch (op.kind) {
		case "emit":
			selected.emit(op.event, ...op.args);
			return null;
		case "ask":
			return selected.timeout(op.timeout ?? LIMIT).emitWithAck(op.event, ...op.args);
		case "fetch":
			return (await selected.fetchSockets()).map((socket) => ({
				id: socket.id,
				rooms: [...socket.rooms],
				data: socket.data,
			}));
		case "join":
			selected.socketsJoin(op.room);
			return null;
		case "leave":
			selected.socketsLeave(op.room);
			return null;
		case "disconnect":
			selected.disconnectSockets(op.close);
			return null;
		case "tell":
			io.serverSideEmit("told", ...op.args);
			return null;
		case "consult":
			return io.serverSideEmitWithAck("consulted", ...op.args);
		case "heard":
			return heard;
		default:
			throw new Error(op.kind);
	}
}

async function startServer(name, redis, options) {
	const [pub, sub] = [redis.duplicate(), redis.duplicate()];
	await Promise.all([pub.connect(), sub.connect()]);
	const server = http.createServer();
	const io = new Server(server, {
		adapter: subscriptionMode
			? createShardedAdapter(pub, sub, { subscriptionMode })
			: createAdapter(pub, sub, options)
	});
	io.of("/admin");
	const heard = [];
	io.on("connection", (socket) => {
		socket.on("join", (room, answer) => {
			socket.join(room);
			answer();
		});
		socket.on("set", (key, value, answer) => {
			socket.data[key] = value;
			answer();
		});
		socket.on("do", async (op, answer) => answer(await perform(io, heard, op)));
		socket.on("try", (op, answer) => perform(io, heard, op)
			.then((value) => answer({ value }), (error) => answer({ error: error.message, responses: error.responses })));
	});
	io.on("told", (...args) => heard.push(args));
	io.on("consulted", (value, answer) => answer(`${name} ${value}`));
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${server.address().port}`;
}

async function connect(url, transport) {
	const socket = client(url, { transports: [transport], forceNew: true, reconnection: false });
	socket.received = [];
	socket.on("news", (...args) => socket.received.push(args));
	socket.on("question", (value, answer) => answer(`${socket.label} ${value}`));
	socket.marks = new Set();
	socket.on("mark", (mark) => socket.marks.add(mark));
	await new Promise((resolve, reject) => socket.on("connect", resolve).on("connect_error", reject));
	return socket;
}

function request(socket, op) {
	return socket.timeout(LIMIT).emitWithAck("do", op);
}

async function main() {
	const redis = createClient({ url: redisUrl });
	await redis.connect();
	const servers = [...urls];
	for (let i = 0; i < own; i++) {
		servers.push(await startServer(`server${servers.length}`, redis));
	}
	const sockets = [];
	for (const [index, url] of servers.entries()) {
		for (const [room, transport] of [["first", "websocket"], ["second", "polling"]]) {
			const socket = await connect(url, transport);
			socket.label = `${room} of server${index}`;
			for (const name of [room, `server${index}`]) {
				await socket.timeout(LIMIT).emitWithAck("join", name);
			}
			await socket.timeout(LIMIT).emitWithAck("set", "user", { name: socket.label, tags: ["é", 1.5, null] });
			await socket.timeout(LIMIT).emitWithAck("set", "server", index);
			sockets.push(socket);
		}
	}
	const firsts = sockets.filter((socket) => socket.label.startsWith("first"));
	const seconds = sockets.filter((socket) => socket.label.startsWith("second"));
	// All servers know each other once each of them sees all sockets
	for (const socket of firsts) {
		await until("one cluster", async () => (await request(socket, { kind: "fetch" })).length === sockets.length);
	}

	// A server listens for a room from a moment after its first socket has joined
	async function listening(room, count) {
		const separate = subscriptionMode === "dynamic-private" || (subscriptionMode === "dynamic" && room.length !== 20);
		await until(`${count} listen for ${room}`, async () => !separate
			|| (await redis.sendCommand(["PUBSUB", "SHARDNUMSUB", `socket.io#/#${room}#`]))[1] === count);
	}

	await listening("first", servers.length);
	await listening("second", servers.length);
	for (const [index] of servers.entries()) {
		await listening(`server${index}`, 1);
	}
	for (const socket of sockets) {
		await listening(socket.id, 1);
	}

	let marks = 0;

	// What has come before a mark from the same server is all that comes
	async function received(mark, receivers, expected) {
		const name = `mark ${++marks}`;
		await mark(name);
		await until(name, () => sockets.every((socket) => socket.marks.has(name)));
		for (const socket of sockets) {
			assert.deepStrictEqual(socket.received, receivers.includes(socket) ? [expected] : [], socket.label);
			socket.received = [];
		}
	}

	async function rooms(origin, room, expected) {
		await until(`${expected.length} in ${room}`, async () => {
			const found = await request(origin, { kind: "fetch", rooms: [room] });
			return found.length === expected.length;
		});
		const found = await request(origin, { kind: "fetch", rooms: [room] });
		assert.deepStrictEqual(found.map((socket) => socket.id).sort(), expected.map((socket) => socket.id).sort());
	}

	for (const [index, origin] of firsts.entries()) {
		const from = `server${index}`;
		const marked = (mark) => request(origin, { kind: "emit", event: "mark", args: [mark] });
		const emitted = async (receivers, op, expected = op.args) => {
			await request(origin, { kind: "emit", event: "news", ...op });
			await received(marked, receivers, expected);
		};

		await check(`${from}: to everybody`, () => emitted(sockets, { args: ["hello", 1, { a: [true, null, "é"] }] }));
		await check(`${from}: to a room`, () => emitted(firsts, { rooms: ["first"], args: ["to one room"] }));
		await check(`${from}: to two rooms, except a third`, () =>
			emitted(sockets.filter((socket) => !socket.label.endsWith("server1")),
				{ rooms: ["first", "second"], except: ["server1"], args: [] }));
		await check(`${from}: binary`, () => emitted(sockets, { args: [BYTES, { inner: [BYTES] }] }));
		for (const socket of seconds) {
			await check(`${from}: to the ${socket.label} alone`, () => emitted([socket], { rooms: [socket.id], args: [index] }));
		}
		await check(`${from}: acknowledgements of all`, async () => {
			const answers = await request(origin, { kind: "ask", event: "question", args: ["?"] });
			assert.deepStrictEqual(answers.sort(), sockets.map((socket) => `${socket.label} ?`).sort());
		});
		await check(`${from}: sockets with their rooms`, async () => {
			const found = await request(origin, { kind: "fetch", rooms: ["second"] });
			assert.deepStrictEqual(found.map((socket) => socket.id).sort(), seconds.map((socket) => socket.id).sort());
			for (const [other, socket] of seconds.entries()) {
				const its = found.find((candidate) => candidate.id === socket.id).rooms;
				assert.ok(its.includes("second") && its.includes(`server${other}`), JSON.stringify(its));
			}
		});
		await check(`${from}: sockets with their data`, async () => {
			const found = await request(origin, { kind: "fetch" });
			for (const socket of sockets) {
				const its = found.find((candidate) => candidate.id === socket.id).data;
				assert.deepStrictEqual(its, {
					server: Number(socket.label.slice(-1)),
					user: { name: socket.label, tags: ["é", 1.5, null] },
				});
			}
		});
		await check(`${from}: join and leave`, async () => {
			await request(origin, { kind: "join", rooms: ["second"], room: "extra" });
			await rooms(origin, "extra", seconds);
			await listening("extra", servers.length);
			await emitted(seconds, { rooms: ["extra"], args: ["extra"] });
			await request(origin, { kind: "leave", rooms: ["extra"], except: ["server0"], room: "extra" });
			await rooms(origin, "extra", [seconds[0]]);
			await request(origin, { kind: "leave", room: "extra" });
			await rooms(origin, "extra", []);
		});
		await check(`${from}: told to other servers`, async () => {
			await request(origin, { kind: "tell", args: [from, 1] });
			for (const [other, socket] of firsts.entries()) {
				if (other !== index) {
					await until("told", async () => (await request(socket, { kind: "heard" }))
						.some((args) => args[0] === from && args[1] === 1));
				}
			}
			const itself = await request(origin, { kind: "heard" });
			assert.ok(itself.every((args) => args[0] !== from), JSON.stringify(itself));
		});
		await check(`${from}: answers of other servers`, async () => {
			const answers = await request(origin, { kind: "consult", args: ["!"] });
			const expected = servers.map((url, other) => `server${other} !`).filter((answer) => !answer.startsWith(from));
			assert.deepStrictEqual(answers.sort(), expected);
		});
		await check(`${from}: disconnects`, async () => {
			for (const [other, url] of servers.entries()) {
				// A server may be told of the last one's end only when the next one is there
				const room = `bye${other}`;
				const leaving = await connect(url, "websocket");
				await leaving.timeout(LIMIT).emitWithAck("join", room);
				const left = new Promise((resolve) => leaving.on("disconnect", resolve));
				await rooms(origin, room, [leaving]);
				await request(origin, { kind: "disconnect", rooms: [room], close: false });
				assert.strictEqual(await left, "io server disconnect");
			}
		});
	}

	if (subscriptionMode) {
		end();
	}
	const emitter = new Emitter(redis);
	const marked = async (mark) => emitter.emit("mark", mark);
	await check("emitter: to everybody", async () => {
		emitter.emit("news", "from outside", BYTES);
		await received(marked, sockets, ["from outside", BYTES]);
	});
	await check("emitter: to a room, except another", async () => {
		emitter.to("first").except("server0").emit("news", 2);
		await received(marked, firsts.slice(1), [2]);
	});
	await check("emitter: join, leave", async () => {
		emitter.in("first").socketsJoin(["guests"]);
		await rooms(firsts[0], "guests", firsts);
		emitter.socketsLeave("guests");
		await rooms(firsts[0], "guests", []);
	});
	await check("emitter: told to all servers", async () => {
		emitter.serverSideEmit("told", "emitter", 2);
		for (const socket of firsts) {
			await until("told", async () => (await request(socket, { kind: "heard" })).some((args) => args[0] === "emitter"));
		}
	});
	await check("emitter: disconnects", async () => {
		for (const [other, url] of servers.entries()) {
			const leaving = await connect(url, "polling");
			await leaving.timeout(LIMIT).emitWithAck("join", `bye${other}`);
			const left = new Promise((resolve) => leaving.on("disconnect", resolve));
			emitter.in(`bye${other}`).disconnectSockets(true);
			assert.strictEqual(await left, "io server disconnect");
		}
	});
	end();
}

function end() {
	console.log(JSON.stringify({ done: checks }));
	process.exit(0);
}

if (require.main === module) {
	main().catch((error) => {
		console.error(error);
		process.exit(1);
	});
}

module.exports = { startServer };
