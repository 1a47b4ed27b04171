/*
 * The live picture of the cluster, from the actuator's endpoint, which any worker answers for all of them.
 */

import { chart, timeOfDay } from "./chart.js";

const ENDPOINT = "actuator/socketio";
const INTERVAL = 1000;
const LIMIT = 4000;
const MAX_HAPPENINGS = 100;
const SPANS = [30000, 60000, 120000];
const MAX_SAMPLES = 130;
const MAX_COUNTS = 4;
const MAX_MARKS = 20;
const ROW = 10000;
const WORDS = {
	starting: "is starting",
	ready: "is ready",
	draining: "takes nothing new, its clients move",
	stopping: "is stopping",
	stopped: "has stopped",
	backoff: "has ended, will be started again",
	errored: "has ended too often and stays down",
};

/** Stands for the only process, where there are no workers. */
const ALONE = 0;

const $ = (id) => document.getElementById(id);

const cluster = {
	timer: 0,
	asking: false,
	self: null,
	instances: 0,
	workers: new Map(),
	layers: new Map(),
	samples: [],
	marks: [],
	reload: null,
	reachable: true,
};

/** A colour of its own for each worker: neighbours are far apart on the wheel. */
export function hueOf(index) {
	return (262 + index * 137) % 360;
}

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

function badge(index) {
	const created = element("span", "badge", index);
	created.setAttribute("aria-hidden", "true");
	created.style.setProperty("--hue", hueOf(index));
	return created;
}

// What the endpoint says

/** Old and new worker of one place run side by side during a reload: their numbers differ. */
function keyOf(worker) {
	return worker.number;
}

async function ask(path = "", body) {
	const request = (body === undefined) ? {} : {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify(body),
	};
	const answer = await fetch(ENDPOINT + path, { ...request, signal: AbortSignal.timeout(LIMIT), cache: "no-store" });
	const text = await answer.text();
	let said = {};
	try {
		said = JSON.parse(text);
	}
	catch {
		// The status is all there is
	}
	if (!answer.ok) {
		throw new Error(said.message ?? said.detail ?? said.error ?? `The server answers ${answer.status}`);
	}
	return said;
}

// Numbers

function bytes(count) {
	return (count > 0) ? `${Math.round(count / 1048576)} MB` : "–";
}

function duration(millis) {
	const seconds = Math.max(0, Math.floor(millis / 1000));
	const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
	if (hours > 0) {
		return `${hours} h ${minutes % 60} min`;
	}
	return (minutes > 0) ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** Messages per second over some seconds: workers report once a second, out of step with those who ask. */
function rate(known, messages) {
	known.counts.push({ at: performance.now(), messages });
	known.counts.splice(0, known.counts.length - MAX_COUNTS);
	const [first, last] = [known.counts[0], known.counts.at(-1)];
	return (last.at > first.at) ? 1000 * Math.max(0, last.messages - first.messages) / (last.at - first.at) : 0;
}

// What happened

function happened(text, index) {
	const item = element("li");
	const time = element("time", "", timeOfDay(Date.now()));
	item.append(time, ...(index === undefined ? [] : [badge(index)]), element("span", "", text));
	$("timeline").querySelector(".soft")?.remove();
	$("timeline").prepend(item);
	while ($("timeline").childElementCount > MAX_HAPPENINGS) {
		$("timeline").lastElementChild.remove();
	}
}

function compareReload(reload) {
	if (reload && (reload.id !== cluster.reload?.id || reload.state !== cluster.reload?.state)) {
		if (cluster.reload !== null || reload.state === "running") {
			const running = reload.state === "running";
			const news = `Reload ${reload.id} ${running ? "begins" : `is ${reload.state}`}${reload.reason ? `: ${reload.reason}` : ""}`;
			happened(news);
			if (!running) {
				tell(news);
			}
			cluster.marks.push({ at: Date.now(), text: running ? "reload" : reload.state, before: running });
			cluster.marks.splice(0, cluster.marks.length - MAX_MARKS);
		}
	}
	cluster.reload = reload ?? { id: 0, state: "none" };
}

function compare(workers, reload) {
	const first = cluster.workers.size === 0;
	if (reload?.state === "running") {
		compareReload(reload);
	}
	for (const worker of workers) {
		const known = cluster.workers.get(keyOf(worker));
		if (!first && known?.state !== worker.state) {
			happened(`Worker ${worker.index} (process ${worker.pid}) ${WORDS[worker.state] ?? worker.state}`, worker.index);
		}
	}
	const current = new Set(workers.map(keyOf));
	for (const [key, known] of cluster.workers) {
		if (!current.has(key)) {
			happened(`Worker ${known.index} (process ${known.pid}) has ended`, known.index);
			cluster.workers.delete(key);
		}
	}
	compareReload(reload);
}

// The picture

function card(worker) {
	const item = element("li", "worker");
	const head = element("div", "worker-head");
	const title = element("strong", "", `Worker ${worker.index}`);
	const state = element("span", "worker-state");
	const mine = element("span", "mine", "this page");
	head.append(badge(worker.index), title, mine, state);
	const facts = element("dl", "worker-facts");
	const values = {};
	for (const [name, label] of [["pid", "Process"], ["sessions", "Sessions"], ["rate", "Messages/s"], ["memory", "Memory"],
		["uptime", "Up"], ["restarts", "Restarts"]]) {
		const fact = element("div");
		values[name] = element("dd");
		fact.append(element("dt", "", label), values[name]);
		facts.append(fact);
	}
	const restart = element("button", "quiet", "Restart");
	restart.type = "button";
	restart.setAttribute("aria-label", `Restart worker ${worker.index}`);
	restart.addEventListener("click", () => order("/restart", { index: worker.index }, `Restart of worker ${worker.index} asked for`));
	head.append(restart);
	item.append(head, facts);
	return { item, state, mine, values, restart };
}

function draw(known, worker) {
	const { item, state, mine, values, restart } = known.card;
	item.dataset.state = worker.state;
	state.textContent = worker.state;
	mine.hidden = cluster.self === null || cluster.self.pid !== worker.pid;
	restart.hidden = worker.state !== "ready" && worker.state !== "errored";
	values.pid.textContent = worker.pid || "–";
	values.sessions.textContent = worker.sessions ?? worker.sockets ?? 0;
	values.rate.textContent = Math.round(known.rate);
	values.memory.textContent = bytes(worker.memory);
	values.uptime.textContent = (worker.uptime >= 0) ? duration(worker.uptime) : "–";
	values.restarts.textContent = worker.restarts ?? 0;
}

/** Keeps the numbers of this moment, or that there are none, and draws those of late. */
function remember(values) {
	const now = Date.now();
	cluster.samples.push({ at: now, ...values });
	cluster.samples.splice(0, cluster.samples.length - MAX_SAMPLES);
	for (const key of cluster.layers.keys()) {
		if (!cluster.samples.some((sample) => sample.sessions?.has(key))) {
			cluster.layers.delete(key);
		}
	}
	const layers = [...cluster.layers.values()].sort((one, other) => one.index - other.index || one.key - other.key);
	for (const [name, drawn] of Object.entries(charts)) {
		drawn.show(cluster.samples.map((sample) => ({ at: sample.at, values: sample[name] ?? null })), layers, cluster.marks, now);
	}
	tabulate();
}

/** The last number of each ten seconds, for those who read rather than look. */
function tabulate() {
	if (!$("numbers").open) {
		return;
	}
	const rows = new Map();
	for (const sample of cluster.samples) {
		rows.set(Math.floor(sample.at / ROW), sample);
	}
	const sum = (values) => (values ? Math.round([...values.values()].reduce((total, value) => total + value, 0)) : "–");
	$("numbers-rows").replaceChildren(...[...rows.values()].reverse().map((sample) => {
		const row = element("tr");
		const time = element("th", "", timeOfDay(sample.at));
		time.scope = "row";
		row.append(time, element("td", "", sum(sample.sessions)), element("td", "", sum(sample.rates)));
		return row;
	}));
}

/** A button that cannot be used keeps the focus, unlike one that is disabled. */
function allow(id, allowed) {
	$(id).setAttribute("aria-disabled", !allowed);
}

function show(answer) {
	const workers = (answer.workers ?? []).filter((worker) => worker.state !== "stopped");
	const alone = workers.length === 0;
	cluster.instances = answer.instances ?? workers.filter((worker) => worker.state === "ready").length;
	const reloading = answer.reload?.state === "running";
	allow("reload", !alone && !reloading);
	allow("fewer", !alone && cluster.instances > 1);
	allow("more", !alone);
	for (const part of ["rates-chart", "workers-title", "workers"]) {
		$(part).hidden = alone;
	}
	if (alone) {
		tell("One process serves all clients. Start the demo with socketio.cluster.instances=max to see several.");
		const sessions = answer.server?.sessions ?? 0;
		$("sum-workers").textContent = "none";
		$("sum-sessions").textContent = sessions;
		cluster.layers.set(ALONE, { key: ALONE, index: 0, hue: hueOf(0) });
		remember({ sessions: new Map([[ALONE, sessions]]) });
		return;
	}
	compare(workers, answer.reload);
	const sessions = new Map();
	const rates = new Map();
	for (const worker of workers) {
		const key = keyOf(worker);
		let known = cluster.workers.get(key);
		if (!known) {
			known = { index: worker.index, pid: worker.pid, rate: 0, counts: [], card: card(worker) };
			cluster.workers.set(key, known);
		}
		known.state = worker.state;
		known.sessions = worker.sessions ?? worker.sockets ?? 0;
		known.memory = worker.memory ?? 0;
		known.rate = rate(known, (worker.received ?? 0) + (worker.sent ?? 0));
		cluster.layers.set(key, { key, index: worker.index, hue: hueOf(worker.index) });
		sessions.set(key, known.sessions);
		rates.set(key, known.rate);
		draw(known, worker);
	}
	remember({ sessions, rates });
	const shown = [...cluster.workers.values()].sort((one, other) => one.index - other.index || one.pid - other.pid);
	const items = shown.map((known) => known.card.item);
	// Only what is new is put in, so that the focus stays where it is
	if (items.length !== $("workers").childElementCount || items.some((item, i) => $("workers").children[i] !== item)) {
		const focused = $("workers").contains(document.activeElement);
		$("workers").replaceChildren(...items);
		if (focused && !$("workers").contains(document.activeElement)) {
			$("workers-title").focus();
		}
	}
	const sum = (name) => shown.reduce((total, known) => total + name(known), 0);
	$("sum-workers").textContent = `${shown.filter((known) => known.state === "ready").length} of ${cluster.instances}`;
	$("sum-sessions").textContent = sum((known) => known.sessions);
	$("sum-events").textContent = Math.round(sum((known) => known.rate));
	$("sum-memory").textContent = bytes(sum((known) => known.memory) + (answer.primary?.memory ?? 0));
	$("reload").textContent = reloading ? "Reloading" : "Reload all";
}

async function look() {
	if (cluster.asking) {
		return;
	}
	cluster.asking = true;
	try {
		show(await ask());
		if (!cluster.reachable) {
			happened("The picture is live again");
		}
		cluster.reachable = true;
	}
	catch (failure) {
		if (cluster.reachable) {
			happened(`No picture: ${failure.message}`);
		}
		cluster.reachable = false;
		remember({});
	}
	cluster.asking = false;
}

function tell(text) {
	if ($("cluster-note").textContent !== text) {
		$("cluster-note").textContent = text;
	}
}

async function order(path, body, note) {
	tell(note);
	try {
		await ask(path, body);
	}
	catch (failure) {
		tell(`Refused: ${failure.message}`);
	}
	look();
}

function open(wanted) {
	$("cluster").hidden = !wanted;
	$("chat").classList.toggle("with-cluster", wanted);
	$("cluster-button").setAttribute("aria-expanded", wanted);
	clearInterval(cluster.timer);
	if (wanted) {
		look();
		cluster.timer = setInterval(look, INTERVAL);
	}
}

document.addEventListener("served", (event) => {
	const served = event.detail;
	if (served && cluster.self && served.pid !== cluster.self.pid) {
		happened(`This page is served by worker ${served.worker} now`, served.worker);
	}
	cluster.self = served ?? cluster.self;
});

$("cluster-button").addEventListener("click", () => {
	open($("cluster").hidden);
	if (!$("cluster").hidden) {
		$("cluster-title").focus();
	}
});

function close() {
	open(false);
	$("cluster-button").focus();
}

$("cluster-close").addEventListener("click", close);

$("cluster").addEventListener("keydown", (event) => {
	if (event.key === "Escape") {
		close();
	}
});

/** Sends an order when its button is pressed and may be. */
function button(id, press) {
	$(id).addEventListener("click", () => {
		if ($(id).getAttribute("aria-disabled") !== "true") {
			press();
		}
	});
}

function scale(instances) {
	order("/scale", { instances }, (instances === 1) ? "One worker asked for" : `${instances} workers asked for`);
}

button("reload", () => order("/reload", {}, "Reload asked for: each worker is replaced by a new one, and its clients move"));
button("fewer", () => scale(cluster.instances - 1));
button("more", () => scale(cluster.instances + 1));

$("numbers").addEventListener("toggle", tabulate);

function point(at) {
	Object.values(charts).forEach((drawn) => drawn.point(at));
}

const charts = {
	sessions: chart($("sessions-chart"), "Sessions", SPANS, point),
	rates: chart($("rates-chart"), "Messages per second", SPANS, point),
};
