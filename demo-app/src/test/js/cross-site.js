/*
 * Pages of one site that talk to a Socket.IO server of another, in Chromium.
 *
 *     node cross-site.js <chromium> <folder for profiles> <SHA-256 of the servers' public key, in Base64> <sites>
 *
 * Each line of input is a visit as JSON: { page, server, fetchesBefore, options, echoes, upgrade, fetches,
 * blockThirdPartyCookies }. The page is opened, makes fetches { path, init } if there are any, connects to the server with
 * the options of the client, waits for the upgrade if wanted, sends as many events as wanted and leaves; then it makes the
 * other fetches. The answer is one line:
 *
 *     { connected, transport, sid, echoed, error, fetched, exchanges }
 *
 * An exchange is what the browser sent to the server and got from it, as its developer tools tell it, preflight requests
 * included: { kind, method, path, status, failure, request, response }, headers in lower case. The line "end" ends
 * it.
 */

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const { chromium } = require("playwright-core");

const [executablePath, profiles, key, sites] = process.argv.slice(2);

const LIMIT = 120000;
const ARGS = [
	"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync",
	`--host-resolver-rules=${sites.split(",").map((site) => `MAP ${site} 127.0.0.1`).join(",")}`,
	`--ignore-certificate-errors-spki-list=${key}`,
];

// Values of Chromium's setting for cookies of third parties. The default differs between its builds.
const ALLOWED = 0;
const BLOCKED = 1;

const contexts = new Map();

/** A profile without cookies. */
async function profile(thirdPartyCookies) {
	if (!contexts.has(thirdPartyCookies)) {
		const folder = path.join(profiles, String(thirdPartyCookies));
		fs.mkdirSync(path.join(folder, "Default"), { recursive: true });
		fs.writeFileSync(path.join(folder, "Default", "Preferences"),
			JSON.stringify({ profile: { cookie_controls_mode: thirdPartyCookies } }));
		contexts.set(thirdPartyCookies, await chromium.launchPersistentContext(folder, { executablePath, args: ARGS }));
	}
	const context = contexts.get(thirdPartyCookies);
	await context.clearCookies();
	context.setDefaultTimeout(LIMIT);
	return context;
}

function lowerCase(headers) {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Collects what goes to a server and comes back. */
async function watch(context, page, server) {
	const exchanges = new Map();
	const tools = await context.newCDPSession(page);

	// News of one request come in any order
	function exchange(id) {
		if (!exchanges.has(id)) {
			exchanges.set(id, { status: 0, request: {}, response: {} });
		}
		return exchanges.get(id);
	}

	function describe(id, kind, method, address) {
		const url = new URL(address);
		Object.assign(exchange(id), { kind, method, host: url.host, path: url.pathname + url.search });
	}

	function add(id, part, headers) {
		Object.assign(exchange(id)[part], lowerCase(headers));
	}

	tools.on("Network.requestWillBeSent", (event) => {
		const { method, url } = event.request;
		describe(event.requestId, (method === "OPTIONS") ? "preflight" : event.type.toLowerCase(), method, url);
		add(event.requestId, "request", event.request.headers);
	});
	tools.on("Network.requestWillBeSentExtraInfo", (event) => add(event.requestId, "request", event.headers));
	tools.on("Network.responseReceivedExtraInfo", (event) => {
		exchange(event.requestId).status = event.statusCode;
		add(event.requestId, "response", event.headers);
	});
	tools.on("Network.loadingFailed", (event) => {
		exchange(event.requestId).failure = event.corsErrorStatus?.corsError ?? event.errorText;
	});
	tools.on("Network.webSocketCreated", (event) => describe(event.requestId, "websocket", "GET", event.url));
	tools.on("Network.webSocketWillSendHandshakeRequest", (event) => add(event.requestId, "request", event.request.headers));
	tools.on("Network.webSocketHandshakeResponseReceived", (event) => {
		exchange(event.requestId).status = event.response.status;
		add(event.requestId, "response", event.response.headers);
	});
	tools.on("Network.webSocketFrameError", (event) => {
		exchange(event.requestId).failure = event.errorMessage;
	});
	await tools.send("Network.enable");
	const host = new URL(server).host;
	return async () => {
		const found = () => [...exchanges.values()].filter((one) => one.host === host && one.path.startsWith("/socket.io/?"));
		// The tools tell of the last exchange a little after the page has seen it
		for (const end = Date.now() + LIMIT; found().some((one) => !one.status && !one.failure) && Date.now() < end;) {
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		return found();
	};
}

/** Runs in the page. */
function talk({ server, options, echoes = 1, upgrade = false }) {
	return new Promise((resolve) => {
		const socket = window.io(server, { ...options, reconnection: false });
		const fail = (failure) => resolve({ connected: false, error: `${failure.message} ${failure.context?.status ?? ""}`.trim() });
		socket.on("connect_error", fail);
		socket.on("connect", async () => {
			if (upgrade && socket.io.engine.transport.name === "polling") {
				await new Promise((upgraded) => socket.io.engine.once("upgrade", upgraded));
			}
			let echoed = 0;
			for (; echoed < echoes; echoed++) {
				await socket.emitWithAck("echo-text", `text ${echoed}`);
			}
			const transport = socket.io.engine.transport.name;
			const sid = socket.io.engine.id;
			socket.disconnect();
			resolve({ connected: true, transport, sid, echoed });
		});
	});
}

/** Runs in the page. */
async function read({ server, fetches = [] }) {
	const fetched = [];
	for (const { path, init } of fetches) {
		try {
			const answer = await fetch(server + path, init);
			fetched.push({ status: answer.status, length: (await answer.text()).length });
		}
		catch (failure) {
			fetched.push({ status: 0, failure: failure.message });
		}
	}
	return fetched;
}

async function visit(wanted) {
	const context = await profile(wanted.blockThirdPartyCookies ? BLOCKED : ALLOWED);
	const page = await context.newPage();
	try {
		await page.goto(wanted.page);
		await page.addScriptTag({ url: `${wanted.server}/socket.io/socket.io.js` });
		const exchanges = await watch(context, page, wanted.server);
		const before = await page.evaluate(read, { server: wanted.server, fetches: wanted.fetchesBefore });
		const outcome = wanted.options ? await page.evaluate(talk, wanted) : { connected: false };
		const after = await page.evaluate(read, wanted);
		return { ...outcome, fetched: [...before, ...after], exchanges: await exchanges() };
	}
	finally {
		await page.close();
	}
}

async function main() {
	for await (const line of readline.createInterface({ input: process.stdin })) {
		if (line === "end") {
			break;
		}
		let told;
		try {
			told = await visit(JSON.parse(line));
		}
		catch (failure) {
			told = { problem: failure.stack, exchanges: [] };
		}
		process.stdout.write(`${JSON.stringify(told)}\n`);
	}
	await Promise.all([...contexts.values()].map((context) => context.close()));
	process.stdout.write(`${JSON.stringify({ end: true })}\n`);
}

main();
