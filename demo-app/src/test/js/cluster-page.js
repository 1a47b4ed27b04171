/*
 * The demo's page shows the cluster that serves it, in Chromium: two workers.
 *
 *     node cluster-page.js <page> <folder for pictures> <chromium>
 *
 * Each step prints one line of JSON: its name, and an error if it failed. The first failure ends it.
 */

const assert = require("node:assert/strict");
const { DESKTOP, LIMIT, PHONE, log, name, open, say } = require("./stage.js");

const WIDE = { width: 1320, height: 800 };
const MAX_PAGES = 6;

/** The index of the worker that serves a page. */
async function worker(person) {
	const badge = person.locator("#worker");
	await badge.waitFor();
	return badge.textContent();
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
		"pictures": async () => {
			await stage.picture(people.ada, "cluster-desktop-light");
			await stage.picture(people.bob, "cluster-phone-dark");
			await people.ada.emulateMedia({ colorScheme: "dark" });
			await stage.picture(people.ada, "cluster-desktop-dark");
			await people.ada.emulateMedia({ colorScheme: "light" });
			for (const person of [people.ada, people.bob]) {
				assert.ok(await person.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
			}
		},
		"a reload from the page replaces the workers, and pages come back": async () => {
			const before = await people.ada.locator(".worker dd").first().textContent();
			await people.ada.getByRole("button", { name: "Reload all" }).click();
			const timeline = people.ada.locator("#timeline");
			await timeline.getByText(/Reload \d+ begins/).waitFor();
			await timeline.getByText(/is starting/).first().waitFor();
			await until(async () => await people.ada.locator(".worker").count() > 2, "old and new worker side by side");
			await stage.picture(people.ada, "cluster-reload");
			await timeline.getByText(/Reload \d+ is done/).waitFor();
			await timeline.getByText(/has ended/).nth(1).waitFor();
			await people.ada.getByText("Connected", { exact: true }).waitFor();
			await until(async () => await people.ada.locator(".worker").count() === 2, "two workers are left");
			assert.notEqual(await people.ada.locator(".worker dd").first().textContent(), before);
			await stage.picture(people.ada, "cluster-reloaded");
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
		"everything is reached by keyboard": async () => {
			const reached = new Set();
			await people.ada.getByRole("button", { name: "Cluster" }).focus();
			for (let i = 0; i < 14; i++) {
				reached.add(await people.ada.evaluate(() => document.activeElement.id || document.activeElement.ariaLabel));
				await people.ada.keyboard.press("Tab");
			}
			for (const id of ["cluster-close", "reload", "more", "Restart worker 0", "Restart worker 1", "timeline"]) {
				assert.ok(reached.has(id), `${id} of ${[...reached]}`);
			}
		},
		"the page had no errors": async () => {
			// The browser itself complains of connections that end
			assert.deepEqual(complaints.filter((complaint) => !/ERR_|WebSocket/.test(complaint)), []);
		},
	};

	await stage.play(steps);
}

main();
