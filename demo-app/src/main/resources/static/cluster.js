/*
 * The live picture of the cluster, from the actuator's endpoint, which any worker answers for all of them.
 */

const ENDPOINT = "actuator/socketio";
const INTERVAL = 1000;
const LIMIT = 4000;
const MAX_HAPPENINGS = 100;
const MAX_SAMPLES = 60;
const WORDS = {
	starting: "is starting",
	ready: "is ready",
	draining: "takes nothing new, its clients move",
	stopping: "is stopping",
	stopped: "has stopped",
	backoff: "has ended, will be started again",
	errored: "has ended too often and stays down",
};

const $ = (id) => document.getElementById(id);

const cluster = {
	timer: 0,
	asking: false,
	self: null,
	instances: 0,
	workers: new Map(),
	reload: null,
	reachable: true,
};

/** A colour of its own for each worker: neighbours are far apart on the wheel. */
export function hueOf(index) {
	return (210 + index * 137) % 360;
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

function rate(known, events) {
	const now = performance.now();
	const passed = (now - known.countedAt) / 1000;
	const grown = Math.max(0, events - known.counted);
	known.counted = events;
	known.countedAt = now;
	return (known.samples.length > 0 && passed > 0) ? grown / passed : 0;
}

// What happened

function happened(text, index) {
	const item = element("li");
	const time = element("time", "", new Date().toLocaleTimeString([], { hour12: false }));
	item.append(time, ...(index === undefined ? [] : [badge(index)]), element("span", "", text));
	$("timeline").querySelector(".soft")?.remove();
	$("timeline").prepend(item);
	while ($("timeline").childElementCount > MAX_HAPPENINGS) {
		$("timeline").lastElementChild.remove();
	}
}

function compare(workers, reload) {
	const first = cluster.workers.size === 0;
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
	if (reload && (reload.id !== cluster.reload?.id || reload.state !== cluster.reload?.state)) {
		if (cluster.reload !== null || reload.state === "running") {
			happened(`Reload ${reload.id} ${(reload.state === "running") ? "begins" : `is ${reload.state}`}`
				+ (reload.reason ? `: ${reload.reason}` : ""));
		}
	}
	cluster.reload = reload ?? { id: 0, state: "none" };
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
	for (const [name, label] of [["pid", "Process"], ["sessions", "Sessions"], ["rate", "Events/s"], ["memory", "Memory"],
		["uptime", "Up"], ["restarts", "Restarts"]]) {
		const fact = element("div");
		values[name] = element("dd");
		fact.append(element("dt", "", label), values[name]);
		facts.append(fact);
	}
	const line = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	line.setAttribute("class", "line");
	line.setAttribute("viewBox", `0 0 ${MAX_SAMPLES - 1} 20`);
	line.setAttribute("preserveAspectRatio", "none");
	line.setAttribute("aria-hidden", "true");
	line.append(document.createElementNS("http://www.w3.org/2000/svg", "polyline"));
	line.style.setProperty("--hue", hueOf(worker.index));
	const restart = element("button", "quiet", "Restart");
	restart.type = "button";
	restart.setAttribute("aria-label", `Restart worker ${worker.index}`);
	restart.addEventListener("click", () => order("/restart", { index: worker.index }, `Restart of worker ${worker.index} asked for`));
	const foot = element("div", "worker-foot");
	foot.append(line, restart);
	item.append(head, facts, foot);
	return { item, state, mine, values, line, restart };
}

function draw(known, worker) {
	const { item, state, mine, values, line, restart } = known.card;
	item.dataset.state = worker.state;
	state.textContent = worker.state;
	mine.hidden = cluster.self === null || cluster.self.pid !== worker.pid;
	restart.hidden = worker.state !== "ready" && worker.state !== "errored";
	values.pid.textContent = worker.pid || "–";
	values.sessions.textContent = worker.sessions ?? worker.sockets ?? 0;
	values.rate.textContent = Math.round(known.samples.at(-1));
	values.memory.textContent = bytes(worker.memory);
	values.uptime.textContent = (worker.uptime >= 0) ? duration(worker.uptime) : "–";
	values.restarts.textContent = worker.restarts ?? 0;
	const highest = Math.max(10, ...known.samples);
	const begin = MAX_SAMPLES - known.samples.length;
	line.firstElementChild.setAttribute("points",
		known.samples.map((sample, i) => `${begin + i},${(19 - 18 * sample / highest).toFixed(1)}`).join(" "));
}

function show(answer) {
	const workers = (answer.workers ?? []).filter((worker) => worker.state !== "stopped");
	const alone = workers.length === 0;
	cluster.instances = answer.instances ?? workers.filter((worker) => worker.state === "ready").length;
	for (const action of ["reload", "fewer", "more"]) {
		$(action).disabled = alone || (action === "fewer" && cluster.instances < 2);
	}
	if (alone) {
		$("cluster-note").textContent = "One process serves all clients. Start the demo with socketio.cluster.instances=max to see several.";
		return;
	}
	compare(workers, answer.reload);
	for (const worker of workers) {
		const key = keyOf(worker);
		let known = cluster.workers.get(key);
		if (!known) {
			known = { index: worker.index, pid: worker.pid, samples: [], counted: 0, countedAt: 0, card: card(worker) };
			cluster.workers.set(key, known);
		}
		known.state = worker.state;
		known.sessions = worker.sessions ?? worker.sockets ?? 0;
		known.memory = worker.memory ?? 0;
		known.samples.push(rate(known, (worker.received ?? 0) + (worker.sent ?? 0)));
		known.samples.splice(0, known.samples.length - MAX_SAMPLES);
		draw(known, worker);
	}
	const shown = [...cluster.workers.values()].sort((one, other) => one.index - other.index || one.pid - other.pid);
	const items = shown.map((known) => known.card.item);
	// Only what is new is put in, so that the focus stays where it is
	if (items.length !== $("workers").childElementCount || items.some((item, i) => $("workers").children[i] !== item)) {
		$("workers").replaceChildren(...items);
	}
	const sum = (name) => shown.reduce((total, known) => total + name(known), 0);
	$("sum-workers").textContent = `${shown.filter((known) => known.state === "ready").length} of ${cluster.instances}`;
	$("sum-sessions").textContent = sum((known) => known.sessions);
	$("sum-events").textContent = Math.round(sum((known) => known.samples.at(-1)));
	$("sum-memory").textContent = bytes(sum((known) => known.memory) + (answer.primary?.memory ?? 0));
	$("reload").disabled = answer.reload?.state === "running";
	$("reload").textContent = (answer.reload?.state === "running") ? "Reloading" : "Reload all";
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
	}
	cluster.asking = false;
}

async function order(path, body, note) {
	$("cluster-note").textContent = note;
	try {
		await ask(path, body);
	}
	catch (failure) {
		$("cluster-note").textContent = `Refused: ${failure.message}`;
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

$("cluster-close").addEventListener("click", () => {
	open(false);
	$("cluster-button").focus();
});

$("reload").addEventListener("click", () => order("/reload", {}, "Reload asked for: each worker is replaced by a new one, and its clients move"));
$("fewer").addEventListener("click", () => order("/scale", { instances: cluster.instances - 1 }, `${cluster.instances - 1} workers asked for`));
$("more").addEventListener("click", () => order("/scale", { instances: cluster.instances + 1 }, `${cluster.instances + 1} workers asked for`));
