/*
 * Many official clients that stay connected to a cluster, and tell what happens to them.
 *
 *     node cluster.js <url> <clients> <mode>[,<mode>...]
 *
 * Prints one line of JSON when all are connected, and one for each line on standard input:
 *
 *     echo <times>           each client sends that many events, one after the other, and checks the answers
 *     load <millis>          each client begins to send an event every so often
 *     idle                   they cease to
 *     publish <times>        all clients send broadcasts at once; who received what is checked
 *     ask <event>            the first client sends an event and prints the answer
 *     settle                 waits until all clients are connected and know their worker
 *     status                 what has happened so far
 */

const http = require("node:http");
const https = require("node:https");
const readline = require("node:readline");
const client = require("socket.io-client-4");

const [url, count, modes] = [process.argv[2], Number(process.argv[3]), process.argv[4].split(",")];

const LIMIT = 60000;
const WAIT = 90000;
const TRANSPORTS = { polling: ["polling"], pooled: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] };

// Certificates of tests are signed by nobody
const trusting = { rejectUnauthorized: false };
const pool = url.startsWith("https:") ? new https.Agent({ keepAlive: true, ...trusting }) : new http.Agent({ keepAlive: true });
const story = { disconnects: {}, errors: {}, echoes: 0, lost: 0, away: 0, moved: new Set() };

function tally(counts, key) {
	counts[key] = (counts[key] ?? 0) + 1;
}

function pause(millis) {
	return new Promise((resolve) => setTimeout(resolve, millis));
}

function create(index) {
	const mode = modes[index % modes.length];
	const socket = client(url, {
		transports: TRANSPORTS[mode],
		forceNew: true,
		reconnectionDelay: 100,
		reconnectionDelayMax: 500,
		timeout: LIMIT,
		...trusting,
		...((mode === "pooled") && { agent: pool }),
	});
	const one = { index, mode, socket, by: null, leftAt: 0, received: [] };
	socket.on("connect", () => {
		if (one.leftAt > 0) {
			story.away = Math.max(story.away, Date.now() - one.leftAt);
			one.leftAt = 0;
		}
		one.by = null;
		socket.timeout(LIMIT).emit("echo", "hello", (failure, echo) => {
			one.by = failure ? null : echo.by;
		});
	});
	socket.on("disconnect", (reason) => {
		one.leftAt = Date.now();
		one.by = null;
		tally(story.disconnects, reason);
		story.moved.add(index);
	});
	socket.on("connect_error", (failure) => tally(story.errors, failure.description?.message ?? failure.message));
	socket.on("published", (from, number, bytes) => one.received.push([from, number, [...new Uint8Array(bytes)].join()]));
	socket.on("question", (answer) => answer(one.index));
	return one;
}

const clients = Array.from({ length: count }, (ignored, index) => create(index));

async function settle() {
	const until = Date.now() + WAIT;
	while (clients.some((one) => !one.socket.connected || one.by === null)) {
		if (Date.now() > until) {
			return { settled: false, ...status() };
		}
		await pause(20);
	}
	return { settled: true, ...status() };
}

function status() {
	const [workers, pids] = [{}, {}];
	for (const one of clients.filter((candidate) => candidate.by !== null)) {
		tally(workers, one.by.worker);
		tally(pids, one.by.pid);
	}
	return {
		connected: clients.filter((one) => one.socket.connected).length, workers, pids,
		disconnects: story.disconnects, errors: story.errors, echoes: story.echoes, lost: story.lost, away: story.away,
		moved: [...story.moved], by: clients.map((one) => one.by?.pid ?? 0),
	};
}

async function send(one, value) {
	return (await one.socket.timeout(LIMIT).emitWithAck("echo", value)).value;
}

async function echo(times) {
	const failures = [];
	let echoes = 0;
	await Promise.all(clients.map(async (one) => {
		for (let i = 0; i < times; i++) {
			const value = `${one.index} ${i} ${"x".repeat(i * 7)}`;
			try {
				const answer = await send(one, value);
				if (answer === value) {
					echoes++;
				}
				else {
					failures.push(`${value} became ${answer}`);
				}
			}
			catch (failure) {
				failures.push(`${value}: ${failure.message}`);
			}
		}
	}));
	return { ...status(), echoes, failures: failures.slice(0, 10) };
}

let loading = 0;

function load(millis) {
	const round = ++loading;
	for (const one of clients) {
		(async () => {
			await pause(Math.random() * millis);
			for (let i = 0; loading === round; i++) {
				if (one.socket.connected) {
					const id = one.socket.id;
					try {
						await send(one, i);
						story.echoes++;
					}
					catch {
						// Whoever was moved meanwhile may miss an answer; the others may not
						if (one.socket.id === id) {
							story.lost++;
						}
					}
				}
				await pause(millis);
			}
		})();
	}
	return { load: millis };
}

function request(one, event, ...values) {
	return one.socket.timeout(LIMIT).emitWithAck(event, ...values);
}

/** Which rooms a message goes to, and which not. */
function audience(from, number) {
	const rooms = [[], ["even"], ["third-0", "third-1"], ["even", "third-2"]][number % 4];
	const except = [[], ["third-1"], ["even"], []][(from + number) % 4];
	return { rooms, except };
}

function roomsOf(one) {
	return [(one.index % 2 === 0) ? "even" : "odd", `third-${one.index % 3}`];
}

function bytesOf(from, number) {
	return [from % 256, number % 256, 0, 255];
}

async function publish(times) {
	await Promise.all(clients.map((one) => request(one, "join", roomsOf(one))));
	clients.forEach((one) => one.received.length = 0);
	for (let number = 0; number < times; number++) {
		for (const one of clients) {
			const { rooms, except } = audience(one.index, number);
			one.socket.emit("publish", rooms, except, one.index, number, Buffer.from(bytesOf(one.index, number)));
		}
		if (number % 10 === 9) {
			await pause(1);
		}
	}
	const expected = clients.map((receiver) => clients.map((sender) => {
		const numbers = [];
		for (let number = 0; number < times; number++) {
			const { rooms, except } = audience(sender.index, number);
			const mine = roomsOf(receiver);
			if ((rooms.length === 0 || rooms.some((room) => mine.includes(room))) && !except.some((room) => mine.includes(room))) {
				numbers.push(number);
			}
		}
		return numbers;
	}));
	const total = expected.flat(2).length;
	const until = Date.now() + WAIT;
	let received = 0;
	while (received < total && Date.now() < until) {
		await pause(50);
		received = clients.reduce((sum, one) => sum + one.received.length, 0);
	}
	// What comes too often comes now
	await Promise.all(clients.map((one) => send(one, "end")));
	await pause(300);
	const failures = [];
	for (const receiver of clients) {
		for (const sender of clients) {
			const came = receiver.received.filter(([from]) => from === sender.index);
			const numbers = came.map(([, number]) => number).join();
			if (numbers !== expected[receiver.index][sender.index].join()) {
				failures.push(`${receiver.index} from ${sender.index}: ${numbers}; not ${expected[receiver.index][sender.index].join()}`);
			}
			const damaged = came.find(([from, number, bytes]) => bytes !== bytesOf(from, number).join());
			if (damaged) {
				failures.push(`${receiver.index} from ${sender.index}: damaged ${damaged}`);
			}
		}
	}
	return { expected: total, received: clients.reduce((sum, one) => sum + one.received.length, 0), failures: failures.slice(0, 10) };
}

const orders = {
	echo: (times) => echo(Number(times)),
	load: (millis) => load(Number(millis)),
	idle: () => {
		loading++;
		return status();
	},
	publish: (times) => publish(Number(times)),
	ask: async (event, ...values) => ({ answer: await request(clients[0], event, ...values.map(Number)) }),
	settle,
	status,
};

async function main() {
	console.log(JSON.stringify(await settle()));
	for await (const line of readline.createInterface({ input: process.stdin })) {
		const [order, ...values] = line.trim().split(" ");
		try {
			console.log(JSON.stringify(await orders[order](...values)));
		}
		catch (failure) {
			console.log(JSON.stringify({ error: failure.stack }));
		}
	}
}

main();
