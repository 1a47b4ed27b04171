/*
 * People at the demo's page, in Chromium. The programs that use this take three arguments: the address of the page, a
 * folder for pictures, and the browser.
 */

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [page, folder, executablePath] = process.argv.slice(2);

/** Longest wait for anything; generous, as machines may be slow: a reload starts JVMs. */
const LIMIT = 180000;
const ARGS = [
	"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync",
];
const DESKTOP = { width: 1180, height: 760 };
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
/** What accessibility is held to: WCAG 2.2, levels A and AA, and axe's good practice. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Starts the browser. */
async function open() {
	const browser = await chromium.launch({ executablePath, args: ARGS });
	const people = {};
	const complaints = [];

	/** Opens the page in a profile of its own. */
	async function enter(who, settings, address = page) {
		const context = await browser.newContext(settings);
		context.setDefaultTimeout(LIMIT);
		const person = await context.newPage();
		person.on("pageerror", (failure) => complaints.push(`${who}: ${failure.stack}`));
		person.on("console", (message) => message.type() === "error" && complaints.push(`${who}: ${message.text()}`));
		person.on("dialog", (dialog) => {
			complaints.push(`${who}: ${dialog.message()}`);
			dialog.dismiss();
		});
		await person.goto(address);
		return person;
	}

	async function picture(person, file) {
		await person.screenshot({ path: path.join(folder, `${file}.png`) });
	}

	/**
	 * Looks at a page in light and in dark: a picture of each, nothing that axe finds fault with, nothing wider than the
	 * window.
	 */
	async function inspect(person, file) {
		await person.evaluate(AXE);
		for (const colorScheme of ["light", "dark"]) {
			await person.emulateMedia({ colorScheme });
			await picture(person, `${file}-${colorScheme}`);
			const { violations } = await person.evaluate((values) => window.axe.run(document, { runOnly: values }), RULES);
			const faults = violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target} ${node.failureSummary}`));
			assert.deepEqual(faults, [], `${file}, ${colorScheme}`);
			assert.ok(await person.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${file} is too wide`);
		}
	}

	/**
	 * Takes the steps one after the other. Each prints one line of JSON: its name, and an error if it failed. The first
	 * failure ends it.
	 */
	async function play(steps) {
		let failed = false;
		for (const [step, body] of Object.entries(steps)) {
			let error;
			if (!failed) {
				try {
					await body();
				}
				catch (failure) {
					error = `${failure.stack}\n${complaints.join("\n")}`;
					failed = true;
					await Promise.allSettled(Object.entries(people).map(([who, person]) => picture(person, `failed-${who}`)));
				}
				process.stdout.write(`${JSON.stringify({ test: step, error })}\n`);
			}
		}
		process.stdout.write(`${JSON.stringify({ end: Object.keys(steps).length })}\n`);
		await browser.close();
	}

	return { browser, page, people, complaints, enter, picture, inspect, play };
}

async function name(person, text) {
	await person.getByLabel("Your name").fill(text);
	await person.getByRole("button", { name: "Enter the lobby" }).click();
	await person.getByText("Connected", { exact: true }).waitFor();
	await person.getByRole("heading", { name: "# lobby" }).waitFor();
}

async function say(person, text) {
	await person.getByLabel("Message", { exact: true }).fill(text);
	await person.keyboard.press("Enter");
}

/** Where the focus goes with the key Tab: ids, or else rooms and labels. */
async function tabs(person, most) {
	const reached = [];
	for (let i = 0; i < most; i++) {
		await person.keyboard.press("Tab");
		reached.push(await person.evaluate(() => {
			const { id, dataset, ariaLabel, tagName } = document.activeElement;
			return id || dataset.room || ariaLabel || tagName;
		}));
	}
	return reached;
}

/** Whether what has the focus shows it. */
function showsFocus(person) {
	return person.evaluate(() => {
		const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
		return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
	});
}

function log(person) {
	return person.getByRole("log");
}

module.exports = { LIMIT, DESKTOP, PHONE, WIDE, log, name, open, say, showsFocus, tabs };
