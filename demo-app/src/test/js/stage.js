/*
 * People at the demo's page, in Chromium. The programs that use this take three arguments: the address of the page, a
 * folder for pictures, and the browser.
 */

const path = require("node:path");
const { chromium } = require("playwright-core");

const [page, folder, executablePath] = process.argv.slice(2);

const LIMIT = 60000;
const ARGS = [
	"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync",
];
const DESKTOP = { width: 1180, height: 760 };
const PHONE = { width: 390, height: 800 };

/** Starts the browser. */
async function open() {
	const browser = await chromium.launch({ executablePath, args: ARGS });
	const people = {};
	const complaints = [];

	/** Opens the page in a profile of its own. */
	async function enter(who, settings) {
		const context = await browser.newContext(settings);
		context.setDefaultTimeout(LIMIT);
		const person = await context.newPage();
		person.on("pageerror", (failure) => complaints.push(`${who}: ${failure.stack}`));
		person.on("console", (message) => message.type() === "error" && complaints.push(`${who}: ${message.text()}`));
		person.on("dialog", (dialog) => {
			complaints.push(`${who}: ${dialog.message()}`);
			dialog.dismiss();
		});
		await person.goto(page);
		return person;
	}

	async function picture(person, file) {
		await person.screenshot({ path: path.join(folder, `${file}.png`) });
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

	return { browser, page, people, complaints, enter, picture, play };
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

function log(person) {
	return person.getByRole("log");
}

module.exports = { LIMIT, DESKTOP, PHONE, log, name, open, say };
