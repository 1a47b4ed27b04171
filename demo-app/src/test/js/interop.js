/*
 * Drives a Socket.IO server with one version of the official client.
 *
 *     node interop.js <client> <url>
 *
 * <client> is 2, 3 or 4. Each test prints one line of JSON: its transport, its name, and an error if it failed. A line
 * {"ask":"restart"} wants the server stopped and started on the same port, and waits for a line on standard input. The
 * server has the events of reference.js, which runs them on Node's own implementation.
 */

const assert = require("node:assert/strict");
const readline = require("node:readline");

const [version, url] = [Number(process.argv[2]), process.argv[3]];
const client = require(`socket.io-client-${version}`);

const LIMIT = 30000;
const MODES = {
	polling: ["polling"],
	websocket: ["websocket"],
	upgrade: ["polling", "websocket"],
};

const tests = [];
const open = new Set();
const answers = readline.createInterface({ input: process.stdin });

let mode;

function test(name, body) {
	tests.push({ name, body });
}

function print(line) {
	process.stdout.write(`${JSON.stringify(line)}\n`);
}

function ask(what) {
	print({ ask: what });
	return new Promise((resolve) => answers.once("line", resolve));
}

function within(promise, what) {
	let timer;
	const limit = new Promise((resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`Not within ${LIMIT} ms: ${what}`)), LIMIT);
	});
	return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

function next(emitter, event) {
	return within(new Promise((resolve) => emitter.once(event, (...values) => resolve(values))), event);
}

/** A socket that may not be connected yet. */
function socket(namespace = "/", options = {}) {
	const created = client(url + namespace, {
		transports: MODES[mode],
		forceNew: true,
		reconnectionDelay: 50,
		reconnectionDelayMax: 200,
		...options,
	});
	open.add(created);
	return created;
}

/** A socket that is connected, and upgraded if it is going to be. */
async function connected(namespace, options) {
	const created = socket(namespace, options);
	await within(new Promise((resolve, reject) => {
		created.once("connect", resolve);
		created.once("connect_error", reject);
		created.once("error", reject);
	}), "connect");
	await upgraded(created);
	return created;
}

async function upgraded(created) {
	if (mode === "upgrade" && created.io.engine.transport.name === "polling") {
		await next(created.io.engine, "upgrade");
	}
}

function request(created, event, ...values) {
	return within(new Promise((resolve) => created.emit(event, ...values, (...reply) => resolve(reply))), `ack of ${event}`);
}

/** Options that carry a token as this version does: in the CONNECT packet, or in the query. */
function token(value) {
	return (version === 2) ? { query: { token: value } } : { auth: { token: value } };
}

function refusal(created) {
	return within(new Promise((resolve, reject) => {
		created.once((version === 2) ? "error" : "connect_error", resolve);
		created.once("connect", () => reject(new Error("was let in")));
	}), "refusal");
}

test("connects by the transport that it asks for", async () => {
	const created = await connected();
	assert.equal(created.io.engine.transport.name, (mode === "polling") ? "polling" : "websocket");
	assert.equal(typeof created.id, "string");
	assert.notEqual(created.id, "");
});

test("gets text back in an ack", async () => {
	const created = await connected();
	for (const text of ["", "hello", "h\u00e9llo \u4f60\u597d \ud83d\ude00", "\u2028 \u0000 \u001e \"quoted\" \\n", "x".repeat(100000)]) {
		assert.deepEqual(await request(created, "echo-text", text), [text]);
	}
});

test("gets JSON back in an ack", async () => {
	const created = await connected();
	const value = { text: "a", number: 1.5, big: 9007199254740991, negative: -3, yes: true, nothing: null, list: [1, [2, {}]], "": "" };
	assert.deepEqual(await request(created, "echo-json", value), [value]);
});

test("gets several values back in an ack", async () => {
	const created = await connected();
	assert.deepEqual(await request(created, "echo-pair", "one", { two: 2 }), ["one", { two: 2 }]);
});

test("gets an event with the payload it sent", async () => {
	const created = await connected();
	created.emit("say-back", { text: "hi" });
	assert.deepEqual(await next(created, "said"), [{ text: "hi" }]);
});

test("answers the server with an ack", async () => {
	const created = await connected();
	created.on("question", (text, reply) => reply(`${text} Yes`));
	created.emit("ask-me", "Ready?");
	assert.deepEqual(await next(created, "answered"), ["Ready? Yes"]);
});

test("answers the server with a binary ack", async () => {
	const created = await connected();
	created.on("binary-question", (data, reply) => reply(Buffer.concat([data, Buffer.from([9])])));
	created.emit("ask-me-binary", Buffer.from([1, 2]));
	const [data] = await next(created, "binary-answered");
	assert.deepEqual([...new Uint8Array(data)], [1, 2, 9]);
});

test("gets bytes back in an ack", async () => {
	const created = await connected();
	for (const length of [0, 1, 125, 126, 65536, 300000]) {
		const sent = Buffer.alloc(length);
		for (let i = 0; i < length; i++) {
			sent[i] = i * 7;
		}
		const [received] = await request(created, "echo-binary", sent);
		assert.ok(Buffer.from(received).equals(sent), `${length} bytes`);
	}
});

test("gets bytes inside an object in an event", async () => {
	const created = await connected();
	created.emit("wrap-binary", "name", Buffer.from([3, 0, 255]));
	const [wrapped] = await next(created, "wrapped");
	assert.equal(wrapped.label, "name");
	assert.deepEqual([...new Uint8Array(wrapped.data)], [3, 0, 255]);
	assert.deepEqual([...new Uint8Array(wrapped.more[0])], [1]);
});

test("keeps the order of events both ways", async () => {
	const created = await connected();
	const numbers = [];
	const last = within(new Promise((resolve) => created.on("number", (number) => {
		numbers.push(number);
		if (numbers.length === 400) {
			resolve();
		}
	})), "400 numbers");
	for (let i = 0; i < 200; i++) {
		created.emit("number-back", i);
	}
	created.emit("count", 200);
	await last;
	const expected = Array.from({ length: 200 }, (ignored, i) => i);
	assert.deepEqual(numbers, [...expected, ...expected]);
});

test("loses nothing while it upgrades", async () => {
	const created = socket();
	await next(created, "connect");
	const replies = [];
	for (let i = 0; i < 100; i++) {
		replies.push(request(created, "echo-text", `${i}`));
		if (i % 10 === 0) {
			await replies[i];
		}
	}
	await upgraded(created);
	assert.deepEqual((await Promise.all(replies)).flat(), replies.map((ignored, i) => `${i}`));
});

test("has several namespaces on one connection", async () => {
	const manager = (await connected()).io;
	const before = manager.engine;
	const root = [...open].at(-1);
	const other = manager.socket("/other");
	await next(other, "connect");
	assert.equal(manager.engine, before);
	assert.notEqual(other.id, root.id);
	assert.deepEqual(await request(other, "echo-text", "a"), ["other: a"]);
	assert.deepEqual(await request(root, "echo-text", "a"), ["a"]);
	const left = next(other, "disconnect");
	other.disconnect();
	assert.deepEqual((await left)[0], "io client disconnect");
	assert.deepEqual(await request(root, "echo-text", "still here"), ["still here"]);
});

test("is let into a namespace with its token", async () => {
	const created = await connected("/admin", token("secret"));
	assert.deepEqual(await request(created, "who-am-i"), ["ada"]);
});

test("is refused a namespace with message and data", async () => {
	const created = socket("/admin", token("wrong"));
	const failure = await refusal(created);
	if (version === 2) {
		assert.deepEqual(failure, { code: "E_TOKEN" });
	}
	else {
		assert.ok(failure instanceof Error);
		assert.equal(failure.message, "not authorized");
		assert.deepEqual(failure.data, { code: "E_TOKEN" });
	}
	assert.equal(created.connected, false);
});

test("is refused an unknown namespace and keeps the others", async () => {
	const created = await connected();
	const unknown = created.io.socket("/nowhere");
	const failure = await refusal(unknown);
	assert.equal(failure.message, "Invalid namespace");
	assert.deepEqual(await request(created, "echo-text", "a"), ["a"]);
});

test("gets what is said in its rooms, once, and nothing else", async () => {
	const [one, two, three] = [await connected(), await connected(), await connected()];
	const room = `room-${mode}`;
	const heard = [[], [], []];
	[one, two, three].forEach((created, i) => created.on("shouted", (text) => heard[i].push(text)));
	await request(one, "join", room);
	await request(one, "join", `${room}-2`);
	await request(two, "join", room);
	await request(three, "shout", room, "first");
	await request(two, "shout", room, "second");
	await request(two, "leave", room);
	await request(three, "shout", room, "third");
	for (const created of [one, two, three]) {
		// What was said before has arrived once this answer has
		await request(created, "echo-text", "end");
	}
	assert.deepEqual(heard, [["first", "second", "third"], ["first"], []]);
});

test("gets volatile events while it listens", async () => {
	const created = await connected();
	let count = 0;
	created.on("perhaps", () => count++);
	const first = next(created, "perhaps");
	const timer = setInterval(() => created.emit("perhaps"), 20);
	await first.finally(() => clearInterval(timer));
	assert.ok(count > 0);
});

test("stays connected by heartbeats", async () => {
	const created = await connected();
	let lost;
	created.on("disconnect", (reason) => {
		lost = reason;
	});
	const [emitter, event] = { 2: [created, "pong"], 3: [created.io.engine, "pong"], 4: [created.io, "ping"] }[version];
	await next(emitter, event);
	await next(emitter, event);
	assert.equal(lost, undefined);
	assert.deepEqual(await request(created, "echo-text", "alive"), ["alive"]);
});

test("is told to leave for good", async () => {
	const created = await connected();
	created.emit("kick");
	assert.equal((await next(created, "disconnect"))[0], "io server disconnect");
});

test("leaves, and the server notices", async () => {
	const [created, watcher] = [await connected(), await connected()];
	const name = `leaver-${mode}`;
	await request(created, "call-me", name);
	const left = within(new Promise((resolve) => watcher.on("left", (who) => who === name && resolve())), "left");
	created.disconnect();
	await left;
});

test("comes back after the server's restart, with what it had to say meanwhile", async () => {
	const created = await connected();
	const before = created.id;
	const lost = next(created, "disconnect");
	const meanwhile = lost.then(() => request(created, "echo-text", "meanwhile"));
	const back = lost.then(() => next(created, "connect"));
	const restarted = ask("restart");
	const [reason] = await lost;
	assert.equal(reason, "transport close");
	await restarted;
	await back;
	assert.deepEqual(await meanwhile, ["meanwhile"]);
	assert.notEqual(created.id, before);
	await upgraded(created);
	assert.deepEqual(await request(created, "echo-text", "again"), ["again"]);
});

// A test that has failed may leave promises behind that fail later
process.on("unhandledRejection", () => {});

async function main() {
	for (mode of Object.keys(MODES)) {
		for (const { name, body } of tests) {
			const begin = process.hrtime.bigint();
			let error;
			try {
				await body();
			}
			catch (failure) {
				error = failure?.stack ?? JSON.stringify(failure);
			}
			open.forEach((created) => created.io.engine?.close() ?? created.close());
			open.forEach((created) => created.close());
			open.clear();
			print({ transport: mode, test: name, millis: Number((process.hrtime.bigint() - begin) / 1000000n), error });
		}
	}
	print({ end: tests.length * Object.keys(MODES).length });
	process.exit(0);
}

main();
