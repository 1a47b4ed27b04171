/*
 * Two people chat on the demo's page, in Chromium.
 *
 *     node browser.js <page> <folder for pictures> <chromium>
 *
 * Each step prints one line of JSON: its name, and an error if it failed. The first failure ends it.
 */

const assert = require("node:assert/strict");
const { LIMIT, DESKTOP, PHONE, log, name, open, say } = require("./stage.js");

async function main() {
	const stage = await open();
	const { browser, people, complaints } = stage;

	const steps = {
		"the page welcomes": async () => {
			people.ada = await stage.enter("Ada", { viewport: DESKTOP, colorScheme: "light" });
			await people.ada.getByRole("heading", { name: "Rooms" }).waitFor();
			await stage.picture(people.ada, "welcome");
		},
		"two people enter the lobby": async () => {
			await name(people.ada, "Ada");
			people.bob = await stage.enter("Bob", { viewport: PHONE, colorScheme: "dark", hasTouch: true });
			await name(people.bob, "Bob");
			await people.ada.getByText("2 people here").waitFor();
			await people.bob.getByText("2 people here").waitFor();
		},
		"the page shows transport and round-trip time": async () => {
			await people.ada.locator("#transport", { hasText: "websocket" }).waitFor();
			await people.ada.locator("#latency", { hasText: /^[\d.]+ ms$/ }).waitFor();
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
			await stage.picture(people.ada, "chat-desktop-light");
			await stage.picture(people.bob, "chat-phone-dark");
			await people.ada.emulateMedia({ colorScheme: "dark" });
			await stage.picture(people.ada, "chat-desktop-dark");
			await people.bob.emulateMedia({ colorScheme: "light" });
			await stage.picture(people.bob, "chat-phone-light");
			await people.bob.getByLabel("Message", { exact: true }).fill("");
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
		"everything is reached by keyboard": async () => {
			const reached = new Set();
			for (let i = 0; i < 12; i++) {
				await people.ada.keyboard.press("Tab");
				reached.add(await people.ada.evaluate(() => document.activeElement.id || document.activeElement.dataset.room));
			}
			for (const id of ["lobby", "java", "coffee", "log", "text"]) {
				assert.ok(reached.has(id), `${id} of ${[...reached]}`);
			}
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
			assert.deepEqual(complaints, []);
		},
	};

	await stage.play(steps);
}

main();
