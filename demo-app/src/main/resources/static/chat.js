/*
 * The chat's page. What people type reaches the document as text only, never as markup.
 */

import { timeOfDay } from "./chart.js";
import { hueOf } from "./cluster.js";

const ACK_TIMEOUT = 8000;
const LATENCY_INTERVAL = 5000;
const TYPING_REPEAT = 2000;
const TYPING_EXPIRY = 5000;
const GROUPING_WINDOW = 3 * 60000;
const MAX_SHOWN = 300;

const $ = (id) => document.getElementById(id);

const chat = {
	socket: null,
	name: "",
	room: "",
	rooms: [],
	shown: new Set(),
	mine: new Set(),
	typists: new Map(),
	typingSentAt: 0,
	last: null,
	lost: null,
	atEnd: true,
};

function element(tag, className, text) {
	const created = document.createElement(tag);
	if (className) {
		created.className = className;
	}
	if (text !== undefined) {
		created.textContent = text;
	}
	return created;
}

function face(name) {
	const created = element("span", "face", [...name.trim()].slice(0, 1).join("").toUpperCase());
	created.setAttribute("aria-hidden", "true");
	let hue = 0;
	for (const character of name) {
		hue = (hue * 31 + character.codePointAt(0)) % 360;
	}
	created.style.setProperty("--hue", hue);
	return created;
}

// Connection

function problem(text) {
	$("problem").textContent = text;
	$("problem").hidden = !text;
}

function load(address) {
	return new Promise((resolve, reject) => {
		const script = document.createElement("script");
		script.src = address;
		script.onload = resolve;
		script.onerror = () => reject(new Error(address));
		document.head.append(script);
	});
}

async function client() {
	const answer = await fetch("api/endpoint");
	if (!answer.ok) {
		throw new Error(answer.url);
	}
	const endpoint = await answer.json();
	const server = new URL(location.origin);
	server.port = endpoint.port;
	await load(`${server.origin}${endpoint.path}/socket.io.js`);
	return { server: server.origin, path: endpoint.path };
}

function state(name, text) {
	$("state").dataset.state = name;
	// Said aloud once, not with each attempt
	if ($("state-text").textContent !== text) {
		$("state-text").textContent = text;
	}
	$("send").disabled = name !== "connected";
	if (name !== "connected") {
		for (const fact of ["transport", "worker", "latency"]) {
			$(fact).textContent = "–";
		}
		$("worker").classList.add("nobody");
		document.dispatchEvent(new CustomEvent("served", { detail: null }));
	}
}

function transport() {
	$("transport").textContent = chat.socket.io.engine.transport.name;
}

/** Notes that there is no connection, and shows it until there is one. */
function lose(reason) {
	chat.lost ??= { at: Date.now(), reason, attempts: 0, timer: setInterval(showLost, 1000) };
	showLost();
}

function showLost() {
	const { at, reason, attempts } = chat.lost;
	$("lost-text").textContent = reason;
	const tried = (attempts === 0) ? "" : `, attempt ${attempts}`;
	$("lost-since").textContent = `${Math.round((Date.now() - at) / 1000)} s ago${tried}`;
	$("lost").hidden = false;
}

/** Tells among the messages how long there was no connection. */
function regain() {
	if (chat.lost === null) {
		return;
	}
	clearInterval(chat.lost.timer);
	const { at, reason } = chat.lost;
	chat.lost = null;
	$("lost").hidden = true;
	refuse("");
	if ($("retry") === document.activeElement) {
		$("text").focus();
	}
	if (chat.room !== "") {
		note(`${reason} at ${timeOfDay(at)}, back after ${((Date.now() - at) / 1000).toFixed(1)} s`);
	}
}

/** Tries at once, instead of waiting for the next attempt. */
function retry() {
	chat.socket.disconnect().connect();
}

function measure() {
	if (!chat.socket.connected) {
		return;
	}
	const begin = performance.now();
	chat.socket.timeout(LATENCY_INTERVAL).emit("echo", begin, (failure, echo) => {
		if (!failure && chat.socket.connected) {
			servedBy(echo.by);
			const passed = performance.now() - begin;
			$("latency").textContent = `${passed.toFixed((passed < 100) ? 1 : 0)} ms`;
		}
	});
}

/** Shows which worker serves this page, also to the picture of the cluster. */
function servedBy(served) {
	$("worker").textContent = served.worker;
	$("worker").title = `Worker ${served.worker}, process ${served.pid}, serves this page`;
	$("worker").style.setProperty("--hue", hueOf(served.worker));
	$("worker").classList.remove("nobody");
	document.dispatchEvent(new CustomEvent("served", { detail: served }));
}

function connect(endpoint) {
	const options = new URLSearchParams(location.search).get("transports");
	const socket = window.io(endpoint.server, {
		path: endpoint.path,
		withCredentials: true,
		...(options && { transports: options.split(",") }),
	});
	chat.socket = socket;
	socket.on("connect", () => {
		state("connected", "Connected");
		regain();
		transport();
		socket.io.engine.on("upgrade", transport);
		measure();
		join(chat.room || "lobby");
	});
	socket.on("disconnect", (reason) => {
		chat.typists.clear();
		showTypists();
		if (reason === "io client disconnect") {
			return;
		}
		state("lost", socket.active ? "Reconnecting" : "Disconnected");
		lose(`${socket.active ? "Connection lost" : "Disconnected"} (${reason})`);
	});
	socket.on("connect_error", (failure) => {
		state("lost", socket.active ? "Reconnecting" : "Refused");
		lose(socket.active ? "Server not reachable" : `Refused: ${failure.message}`);
	});
	socket.io.on("reconnect_attempt", (attempts) => {
		if (chat.lost) {
			chat.lost.attempts = attempts;
			showLost();
		}
	});
	socket.on("worker", servedBy);
	socket.on("rooms", showRooms);
	socket.on("people", (people) => people.room === chat.room && showPeople(people.people));
	socket.on("message", (message) => message.room === chat.room && showMessage(message));
	socket.on("typing", typing);
	setInterval(measure, LATENCY_INTERVAL);
}

/** Asks the server and waits for its answer: { error } if it refuses, or none comes. */
async function ask(event, ...values) {
	try {
		return await chat.socket.timeout(ACK_TIMEOUT).emitWithAck(event, ...values);
	}
	catch {
		return { error: "No answer from the server" };
	}
}

// Rooms and people

async function join(room) {
	const reply = await ask("join", { room, name: chat.name });
	if (reply.error) {
		refuse(reply.error);
		if (chat.room === "" && chat.rooms.length > 0 && room !== chat.rooms[0].name) {
			join(chat.rooms[0].name);
		}
		return;
	}
	if (chat.room !== reply.room) {
		chat.room = reply.room;
		chat.shown.clear();
		chat.typists.clear();
		chat.last = null;
		$("messages").replaceChildren();
		showTypists();
		document.title = `#${reply.room}`;
		$("room").textContent = `# ${reply.room}`;
		$("text").placeholder = `Message #${reply.room}`;
	}
	reply.messages.forEach(showMessage);
	if (chat.shown.size === 0) {
		$("messages").replaceChildren(element("li", "empty", reply.historyAvailable
			? "Nothing said yet. Say hello." : "Earlier messages are not available just now. New ones are."));
	}
	showPeople(reply.people);
	showRooms(chat.rooms);
	refuse("");
}

function counted(people) {
	return (people === 1) ? "1 person" : `${people} people`;
}

function showRooms(rooms) {
	chat.rooms = rooms;
	const focused = document.activeElement?.dataset.room;
	$("rooms").replaceChildren(...rooms.map((room) => {
		const button = element("button");
		button.type = "button";
		button.dataset.room = room.name;
		if (room.name === chat.room) {
			button.setAttribute("aria-current", "true");
		}
		button.append(element("span", "label", room.name), element("span", "number", room.people),
			element("span", "unseen", (room.people === 1) ? "person" : "people"));
		button.addEventListener("click", async () => {
			await join(room.name);
			if (matchMedia("(pointer: fine)").matches) {
				$("text").focus();
			}
		});
		const item = element("li");
		item.append(button);
		return item;
	}));
	if (focused) {
		[...$("rooms").querySelectorAll("button")].find((button) => button.dataset.room === focused)?.focus();
	}
}

function showPeople(people) {
	$("count").textContent = `${counted(people.length)} here`;
	$("people").replaceChildren(...people.map((name) => {
		const item = element("li");
		item.append(face(name), document.createTextNode(name));
		return item;
	}));
}

// Messages

function clock(at) {
	const time = element("time", "", new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
	time.dateTime = new Date(at).toISOString();
	return time;
}

function showEnd() {
	$("log").scrollTop = $("log").scrollHeight;
}

/** Adds to what was said, and goes on showing the end of it to who looks at that. */
function append(item, follow) {
	const messages = $("messages");
	messages.append(item);
	while (messages.childElementCount > MAX_SHOWN) {
		messages.firstElementChild.remove();
	}
	if (follow || chat.atEnd) {
		showEnd();
	}
}

function note(text) {
	chat.last = null;
	append(element("li", "note", text), false);
}

function draw(author, text, at, own) {
	$("messages").querySelector(".empty")?.remove();
	const item = element("li", "message");
	item.classList.toggle("own", own);
	const last = chat.last;
	item.classList.toggle("more", last !== null && last.author === author && last.own === own && at - last.at < GROUPING_WINDOW);
	chat.last = { author, own, at };
	const head = element("p", "head");
	head.append(element("span", own ? "unseen" : "author", own ? "You" : author), clock(at));
	item.append(face(author), head, element("p", "body", text));
	append(item, own);
	return item;
}

function remember(ids, id) {
	ids.add(id);
	if (ids.size > 4 * MAX_SHOWN) {
		ids.delete(ids.values().next().value);
	}
}

function showMessage(message) {
	if (chat.shown.has(message.id)) {
		return;
	}
	remember(chat.shown, message.id);
	draw(message.author, message.text, message.at, chat.mine.has(message.id));
}

function refuse(text) {
	$("refusal").textContent = text;
}

async function post(text) {
	const item = draw(chat.name, text, Date.now(), true);
	item.classList.add("pending");
	const fate = element("span", "fate", "Sending");
	item.append(fate);
	const reply = await ask("message", text);
	item.classList.remove("pending");
	if (reply.error) {
		item.classList.add("failed");
		fate.textContent = `Not delivered: ${reply.error}`;
		return;
	}
	remember(chat.shown, reply.id);
	remember(chat.mine, reply.id);
	document.querySelectorAll(".fate.delivered").forEach((old) => old.remove());
	fate.textContent = "Delivered";
	fate.classList.add("delivered");
	showEnd();
}

// Who is typing

function typing(notice) {
	clearTimeout(chat.typists.get(notice.id)?.timer);
	chat.typists.delete(notice.id);
	if (notice.active) {
		chat.typists.set(notice.id, {
			name: notice.name,
			timer: setTimeout(() => typing({ ...notice, active: false }), TYPING_EXPIRY),
		});
	}
	showTypists();
}

function showTypists() {
	const names = [...chat.typists.values()].map((typist) => typist.name);
	const [first, second] = names;
	let text = "";
	if (names.length === 1) {
		text = `${first} is typing`;
	}
	else if (names.length === 2) {
		text = `${first} and ${second} are typing`;
	}
	else if (names.length > 2) {
		text = "Several people are typing";
	}
	$("typing").classList.toggle("active", names.length > 0);
	$("typing-text").textContent = text;
}

function tellTyping(active) {
	const now = Date.now();
	if (!chat.socket.connected || (active && now - chat.typingSentAt < TYPING_REPEAT) || (!active && chat.typingSentAt === 0)) {
		return;
	}
	chat.typingSentAt = active ? now : 0;
	chat.socket.emit("typing", active);
}

// The page

$("text").addEventListener("input", () => {
	refuse("");
	tellTyping($("text").value.trim() !== "");
});

$("text").addEventListener("blur", () => tellTyping(false));

$("text").addEventListener("keydown", (event) => {
	if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		$("composer").requestSubmit();
	}
});

$("composer").addEventListener("submit", (event) => {
	event.preventDefault();
	const text = $("text").value.trim();
	if (text === "") {
		return;
	}
	if (!chat.socket.connected) {
		refuse("Not connected. What you wrote stays here until the connection is back.");
		return;
	}
	$("text").value = "";
	tellTyping(false);
	post(text);
});

$("log").addEventListener("scroll", () => {
	const log = $("log");
	chat.atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
});

// The keyboard of a phone, or the notice of a lost connection, leaves less room
new ResizeObserver(() => chat.atEnd && showEnd()).observe($("log"));

$("retry").addEventListener("click", retry);

$("name").value = sessionStorage.getItem("name") ?? "";

$("welcome-form").addEventListener("submit", async (event) => {
	event.preventDefault();
	const name = $("name").value.trim();
	if (name === "") {
		return;
	}
	chat.name = name;
	sessionStorage.setItem("name", name);
	try {
		const endpoint = await client();
		problem("");
		$("welcome").hidden = true;
		$("chat").hidden = false;
		state("connecting", "Connecting");
		connect(endpoint);
		$("text").focus();
	}
	catch (failure) {
		problem(`The Socket.IO client could not be loaded from ${failure.message}. `
			+ "Is the Socket.IO server running, and was Node.js there when the application was built?");
	}
});
