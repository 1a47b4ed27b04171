/*
 * The demo's page shows the cluster that serves it, in Chromium: two workers.
 *
 *     node cluster-page.js <page> <folder for pictures> <chromium>
 *
 * Each step prints one line of JSON: its name, and an error if it failed. The first failure ends it.
 */

const assert = require("node:assert/strict");
const client = require("socket.io-client-4");
const { DESKTOP, LIMIT, PHONE, WIDE, log, name, open, say, showsFocus, tabs } = require("./stage.js");

const MAX_PAGES = 6;
const CROWD = 12;
/** How the picture of the README is framed, and for how long there is something to see in it before a reload. */
const FRAME = { width: 1280, height: 780 };
const MOST_DRAWN = 12;

/** The index of the worker that serves a page. */
async function worker(person) {
	const badge = person.locator("#worker");
	await badge.waitFor();
	return badge.textContent();
}

/** Clients without pages that send something again and again. Returns how to end them. */
async function gather(page) {
	const { port, path } = await (await fetch(new URL("/api/endpoint", page))).json();
	const sockets = Array.from({ length: CROWD }, () => client(`http://localhost:${port}`, { path, forceNew: true }));
	const timers = sockets.map((socket, i) => setInterval(() => socket.connected && socket.emit("echo", i, () => {}), 300 + 40 * i));
	return () => {
		timers.forEach(clearInterval);
		sockets.forEach((socket) => socket.disconnect());
	};
}

/** How often a path has been drawn along the time, for the first layer of a chart. */
function drawn(person, chart) {
	return person.locator(`${chart} .chart-layer`).first().evaluate((layer) => layer.getAttribute("d").split("L").length / 2);
}

async function until(check, what) {
	const end = Date.now() + LIMIT;
	while (!await check()) {
		assert.ok(Date.now() < end, what);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

async function main() {
	const stage = await open();
	const { people, complaints } = stage;
	const disperse = await gather(stage.page);

	const steps = {
		"two people are served by different workers": async () => {
			people.ada = await stage.enter("Ada", { viewport: WIDE, colorScheme: "light" });
			await name(people.ada, "Ada");
			for (let i = 0; people.bob === undefined; i++) {
				assert.ok(i < MAX_PAGES, "a page on the other worker");
				const other = await stage.enter("Bob", { viewport: PHONE, colorScheme: "dark", hasTouch: true });
				await name(other, "Bob");
				if (await worker(other) === await worker(people.ada)) {
					await other.context().close();
				}
				else {
					people.bob = other;
				}
			}
		},
		"they see each other": async () => {
			await people.ada.getByText("2 people here").waitFor();
			await people.bob.getByText("2 people here").waitFor();
			await people.bob.getByLabel("Message", { exact: true }).pressSequentially("Hel");
			await people.ada.getByText("Bob is typing").waitFor();
		},
		"they talk": async () => {
			await say(people.bob, "Hello Ada, which worker are you on?");
			await log(people.ada).getByText("which worker are you on?").waitFor();
			await say(people.ada, `On worker ${await worker(people.ada)}, you on ${await worker(people.bob)}.`);
			await log(people.bob).getByText("On worker").waitFor();
			await say(people.bob, "Then let us replace both of them while we talk.");
			await log(people.ada).getByText("replace both of them").waitFor();
			await say(people.ada, "Go on. We shall see it, and lose nothing.");
			await log(people.bob).getByText("lose nothing").waitFor();
		},
		"who comes later reads what was said on either worker": async () => {
			const eve = await stage.enter("Eve", { viewport: DESKTOP });
			await name(eve, "Eve");
			await log(eve).getByText("Hello Ada, which worker").waitFor();
			await log(eve).getByText("On worker").waitFor();
			await eve.context().close();
			await people.ada.getByText("2 people here").waitFor();
		},
		"the page shows the cluster": async () => {
			for (const person of [people.ada, people.bob]) {
				await person.getByRole("button", { name: "Cluster" }).click();
				await person.getByRole("heading", { name: "Cluster" }).waitFor();
				await person.locator(".worker[data-state=ready]").nth(1).waitFor();
				assert.equal(await person.locator(".worker").count(), 2);
				assert.equal(await person.locator(".mine:visible").count(), 1);
				await person.locator("#sum-workers", { hasText: "2 of 2" }).waitFor();
				await person.locator("#sum-sessions", { hasText: /^[1-9]/ }).waitFor();
				await person.locator("#sum-memory", { hasText: "MB" }).waitFor();
			}
			await until(async () => Number(await people.ada.locator("#sum-events").textContent()) > 0, "events per second");
			await people.ada.locator(".worker dd", { hasText: / s$/ }).first().waitFor();
		},
		"it draws sessions and messages over time, a layer for each worker": async () => {
			for (const chart of ["#sessions-chart", "#rates-chart"]) {
				await until(async () => await people.ada.locator(`${chart} .chart-layer`).count() === 2, `two layers of ${chart}`);
				await until(async () => await drawn(people.ada, chart) >= MOST_DRAWN, `${chart} goes on`);
				await people.ada.locator(`${chart} .chart-value`, { hasText: /^[1-9]\d*$/ }).waitFor();
			}
			const told = await people.ada.getByRole("img", { name: /^Sessions in the last \d+ seconds: now \d+/ }).getAttribute("aria-label");
			assert.ok(Number(/now (\d+)/.exec(told)[1]) >= CROWD, told);
			await people.ada.locator("#rates-chart .chart-plot").hover();
			await people.ada.locator("#sessions-chart .chart-value", { hasText: /^\d+ at \d+:\d+:\d+/ }).waitFor();
			await people.ada.mouse.move(0, 0);
		},
		"the same numbers are there as a table": async () => {
			await people.ada.getByText("As a table").click();
			await people.ada.getByRole("row").nth(1).getByRole("cell", { name: /^[1-9]\d*$/ }).first().waitFor();
			await people.ada.getByText("As a table").click();
		},
		"everybody can read it, wide and narrow, light and dark": async () => {
			await stage.inspect(people.ada, "cluster-wide");
			await people.ada.setViewportSize(DESKTOP);
			await stage.inspect(people.ada, "cluster-desktop");
			await stage.inspect(people.bob, "cluster-phone");
			await people.ada.setViewportSize(FRAME);
			await people.ada.emulateMedia({ colorScheme: "light" });
		},
		"a reload from the page replaces the workers, and pages come back": async () => {
			const before = await people.ada.locator(".worker dd").first().textContent();
			await people.ada.getByRole("button", { name: "Reload all" }).click();
			const timeline = people.ada.locator("#timeline");
			await timeline.getByText(/Reload \d+ begins/).waitFor();
			await timeline.getByText(/is starting/).first().waitFor();
			await until(async () => await people.ada.locator(".worker").count() > 2, "old and new worker side by side");
			await stage.inspect(people.ada, "cluster-reload");
			await people.ada.emulateMedia({ colorScheme: "light" });
			await timeline.getByText(/Reload \d+ is done/).waitFor();
			await timeline.getByText(/has ended/).nth(1).waitFor();
			await people.ada.getByText("Connected", { exact: true }).waitFor();
			await until(async () => await people.ada.locator(".worker").count() === 2, "two workers are left");
			assert.notEqual(await people.ada.locator(".worker dd").first().textContent(), before);
			await people.ada.locator("#sessions-chart .chart-marks", { hasText: "reload" }).waitFor();
		},
		"what has happened to the connection stands between the messages": async () => {
			await log(people.ada).getByText(/Connection lost \(.*\) at .*, back after [\d.]+ s/).first().waitFor();
			await people.ada.locator("#latency", { hasText: "ms" }).waitFor();
			await until(async () => Number(await people.ada.locator("#sum-sessions").textContent()) >= CROWD + 2, "all are back");
			await people.ada.locator(".mine:visible").waitFor();
			// The picture of the README
			await stage.picture(people.ada, "demo");
		},
		"they go on talking": async () => {
			await people.bob.getByRole("button", { name: "Close" }).click();
			await people.bob.getByText("Connected", { exact: true }).waitFor();
			await people.ada.getByText("2 people here").waitFor();
			await people.bob.getByText("2 people here").waitFor();
			await say(people.bob, "That was a reload?");
			await log(people.ada).getByText("That was a reload?").waitFor();
			assert.equal(await log(people.ada).getByText("Hello Ada, which worker").count(), 1);
		},
		"everything is reached by keyboard, in order, and shows that it is": async () => {
			await people.ada.getByLabel("Send").focus();
			const reached = [];
			for (let i = 0; i < 8; i++) {
				reached.push(...await tabs(people.ada, 1));
				assert.ok(await showsFocus(people.ada), reached.at(-1));
			}
			assert.deepEqual(reached, ["cluster-close", "reload", "fewer", "more", "SUMMARY", "Restart worker 0", "Restart worker 1",
				"timeline"]);
		},
		"the key Escape closes the picture": async () => {
			await people.ada.keyboard.press("Escape");
			await people.ada.getByRole("heading", { name: "Cluster" }).waitFor({ state: "hidden" });
			assert.equal(await people.ada.evaluate(() => document.activeElement.id), "cluster-button");
		},
		"the page had no errors": async () => {
			// The browser itself complains of connections that end
			assert.deepEqual(complaints.filter((complaint) => !/ERR_|WebSocket/.test(complaint)), []);
		},
	};

	await stage.play(steps);
	disperse();
}

main();
