/*
 * Two people chat on the demo's page, in Chromium.
 *
 *     node browser.js <page> <folder for pictures> <chromium>
 *
 * Each step prints one line of JSON: its name, and an error if it failed. The first failure ends it.
 */

const assert = require("node:assert/strict");
const { LIMIT, DESKTOP, PHONE, WIDE, log, name, open, say, showsFocus, tabs } = require("./stage.js");

/** Return whether the button was there to be clicked, as it is until the connection is back. */
function triesNow(person) {
	return person.getByRole("button", { name: "Try now" }).click({ timeout: 5000 }).then(() => true, () => false);
}

async function main() {
	const stage = await open();
	const { browser, people, complaints } = stage;

	const steps = {
		"the page welcomes": async () => {
			people.ada = await stage.enter("Ada", { viewport: DESKTOP, colorScheme: "light" });
			await people.ada.getByRole("heading", { name: "Rooms" }).waitFor();
			await stage.inspect(people.ada, "welcome");
		},
		"two people enter the lobby": async () => {
			await name(people.ada, "Ada");
			// Not localhost, of which the client believes that no network can take it away
			const address = stage.page.replace("localhost", "127.0.0.1");
			people.bob = await stage.enter("Bob", { viewport: PHONE, colorScheme: "dark", hasTouch: true }, address);
			await name(people.bob, "Bob");
			await people.ada.getByText("2 people here").waitFor();
			await people.bob.getByText("2 people here").waitFor();
		},
		"the page shows transport and round-trip time": async () => {
			await people.ada.locator("#transport", { hasText: "websocket" }).waitFor();
			await people.ada.locator("#latency", { hasText: /^[\d.]+ ms$/ }).waitFor();
			await people.ada.locator("#worker", { hasText: /^\d+$/ }).waitFor();
		},
		"one sees the other type": async () => {
			await people.bob.getByLabel("Message", { exact: true }).pressSequentially("Hel");
			await people.ada.getByText("Bob is typing").waitFor();
		},
		"what one says the other reads": async () => {
			await say(people.bob, "Hello Ada, is this thing on?");
			await log(people.ada).getByText("Hello Ada, is this thing on?").waitFor();
			await people.ada.locator("#typing:not(.active)").waitFor({ state: "attached" });
			await log(people.bob).getByText("Delivered").waitFor();
			await say(people.ada, "Loud and clear, Bob.");
			await log(people.bob).getByText("Loud and clear, Bob.").waitFor();
			assert.equal(await log(people.ada).getByText("Loud and clear, Bob.").count(), 1);
		},
		"markup stays text": async () => {
			const markup = "<img src=x onerror=alert(1)><b>bold</b>";
			await say(people.bob, markup);
			await log(people.ada).getByText(markup).waitFor();
			assert.equal(await log(people.ada).locator("img, b").count(), 0);
		},
		"messages of a program appear": async () => {
			const answer = await fetch(new URL("/api/rooms/lobby/messages", stage.page), {
				method: "POST",
				headers: { "Content-Type": "application/json" },
				body: JSON.stringify({ author: "Build", text: "Version 0.1.0 is out:\nall tests passed." }),
			});
			assert.equal(answer.status, 201);
			await log(people.ada).getByText("Version 0.1.0 is out").waitFor();
			await log(people.bob).getByText("Version 0.1.0 is out").waitFor();
		},
		"pictures": async () => {
			await say(people.ada, "Good news. Then let us look at the Java room.");
			await say(people.ada, "I will bring the coffee.");
			await log(people.bob).getByText("I will bring the coffee.").waitFor();
			await people.bob.getByLabel("Message", { exact: true }).pressSequentially("On my");
			await people.ada.getByText("Bob is typing").waitFor();
			await stage.picture(people.ada, "typing-desktop");
			await people.bob.getByLabel("Message", { exact: true }).fill("");
		},
		"everybody can read it, wide and narrow, light and dark": async () => {
			await stage.inspect(people.ada, "chat-desktop");
			await people.ada.setViewportSize(WIDE);
			await stage.inspect(people.ada, "chat-wide");
			await people.ada.setViewportSize(DESKTOP);
			await stage.inspect(people.bob, "chat-phone");
		},
		"long words do not widen the page": async () => {
			await say(people.ada, "a".repeat(300));
			await log(people.bob).getByText("a".repeat(300)).waitFor();
			for (const person of [people.ada, people.bob]) {
				assert.ok(await person.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
			}
		},
		"rooms are apart": async () => {
			await people.ada.getByRole("button", { name: /^java/ }).click();
			await people.ada.getByRole("heading", { name: "# java" }).waitFor();
			await people.bob.getByText("1 person here").waitFor();
			await say(people.ada, "Nobody in the lobby reads this");
			await log(people.ada).getByText("Delivered").waitFor();
			await say(people.bob, "Nobody in the Java room reads that");
			await log(people.bob).getByText("Delivered").waitFor();
			assert.equal(await log(people.bob).getByText("in the lobby").count(), 0);
			assert.equal(await log(people.ada).getByText("Java room").count(), 0);
		},
		"who enters later reads what was said": async () => {
			await people.ada.getByRole("button", { name: /^lobby/ }).click();
			await log(people.ada).getByText("Loud and clear, Bob.").waitFor();
			await log(people.ada).getByText("Nobody in the Java room reads that").waitFor();
		},
		"everything is reached by keyboard, in order, and shows that it is": async () => {
			for (const person of [people.ada, people.bob]) {
				await person.evaluate(() => document.activeElement.blur());
				await person.locator("#chat").evaluate((chat) => {
					chat.tabIndex = -1;
					chat.focus();
					chat.removeAttribute("tabindex");
				});
				const reached = [];
				for (let i = 0; i < 8; i++) {
					reached.push(...await tabs(person, 1));
					assert.ok(await showsFocus(person), reached.at(-1));
				}
				assert.deepEqual(reached, ["A", "cluster-button", "lobby", "java", "coffee", "log", "text", "send"]);
			}
		},
		"what is skipped to is the place to write": async () => {
			await people.ada.getByRole("link", { name: "Skip to writing" }).press("Enter");
			assert.equal(await people.ada.evaluate(() => document.activeElement.id), "text");
		},
		"a lost connection shows, and how it comes back": async () => {
			const before = await log(people.bob).getByText(/back after/).count();
			await people.bob.context().setOffline(true);
			await people.bob.getByText("Reconnecting", { exact: true }).waitFor();
			await people.bob.getByText(/Connection lost \(/).waitFor();
			await people.bob.locator("#transport", { hasText: "–" }).waitFor();
			await stage.inspect(people.bob, "lost-phone");
			await people.bob.getByLabel("Message", { exact: true }).fill("Is anybody there?");
			await people.bob.keyboard.press("Enter");
			await people.bob.getByRole("alert").filter({ hasText: "Not connected" }).waitFor();
			await people.bob.context().setOffline(false);
			while (!await triesNow(people.bob)) {
				// It came back by itself just before
				await people.bob.context().setOffline(true);
				await people.bob.getByText("Reconnecting", { exact: true }).waitFor();
				await people.bob.context().setOffline(false);
			}
			await people.bob.getByText("Connected", { exact: true }).waitFor();
			await log(people.bob).getByText(/Connection lost .* back after [\d.]+ s/).nth(before).waitFor();
			await people.bob.getByRole("button", { name: "Send" }).click();
			await log(people.ada).getByText("Is anybody there?").waitFor();
		},
		"a process alone shows its sessions": async () => {
			await people.ada.getByRole("button", { name: "Cluster" }).click();
			await people.ada.getByText(/^One process serves all clients/).waitFor();
			await people.ada.locator("#sum-sessions", { hasText: /^2$/ }).waitFor();
			await people.ada.getByRole("img", { name: /^Sessions in the last 30 seconds: now 2/ }).waitFor();
			await stage.inspect(people.ada, "single-desktop");
			await people.ada.getByRole("button", { name: "Close" }).click();
		},
		"without reading the screen": async () => {
			for (const landmark of ["banner", "main", "complementary", "navigation"]) {
				assert.equal(await people.ada.getByRole(landmark).count(), 1, landmark);
			}
			await people.ada.getByRole("status").filter({ hasText: "Connected" }).waitFor();
			await people.ada.getByRole("button", { name: "lobby 2 people" }).waitFor();
			assert.equal(await people.ada.getByRole("heading", { level: 1 }).count(), 1);
		},
		"the page says so if the client is missing": async () => {
			const context = await browser.newContext();
			context.setDefaultTimeout(LIMIT);
			await context.route("**/socket.io/socket.io.js", (route) => route.abort());
			const person = await context.newPage();
			await person.goto(stage.page);
			await person.getByLabel("Your name").fill("Eve");
			await person.getByRole("button", { name: "Enter the lobby" }).click();
			await person.getByRole("alert").filter({ hasText: "/socket.io/socket.io.js" }).waitFor();
			await stage.picture(person, "client-missing");
			await context.close();
		},
		"the page had no errors": async () => {
			// The browser itself complains that the network was taken away
			assert.deepEqual(complaints.filter((complaint) => !complaint.includes("ERR_INTERNET_DISCONNECTED")), []);
		},
	};

	await stage.play(steps);
}

main();
