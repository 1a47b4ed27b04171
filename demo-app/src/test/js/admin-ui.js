/*
 * The official Admin UI, in Chromium, as somebody who watches the server.
 *
 *     node admin-ui.js <address of the page> <folder for pictures> <chromium> <servers>
 *
 * One server is in production, one in development, and one in development is not read-only.
 *
 * Each step prints one line of JSON: its name, and an error if it failed. The first failure ends it.
 */

const assert = require("node:assert/strict");
const client = require("socket.io-client-4");
const { WIDE, open } = require("./stage.js");

const [production, development, commanded] = process.argv.slice(5);

const LIMIT = 60000;

/** Opens the page in a profile of its own. What it would get from elsewhere, fonts and icons, it does not get. */
async function visit(stage, who) {
	const person = await stage.enter(who, { viewport: WIDE }, "about:blank");
	person.setDefaultTimeout(LIMIT);
	await person.route((url) => !["localhost", "127.0.0.1"].includes(url.hostname), (route) => route.abort());
	await person.goto(stage.page);
	stage.people[who] = person;
	return person;
}

async function logIn(person, server, password) {
	await person.getByLabel("Server URL").fill(server);
	await person.getByLabel("Username").fill("admin");
	await person.getByLabel("Password").fill(password);
	await person.getByRole("button", { name: "Connect", exact: true }).click();
}

function entry(person, name) {
	return person.locator("nav .v-list-item__title", { hasText: name });
}

async function connect(server) {
	const user = client(server, { forceNew: true, transports: ["websocket"] });
	await new Promise((resolve) => user.once("connect", resolve));
	return user;
}

async function main() {
	const stage = await open();
	const { people } = stage;
	const user = await connect(development);
	const guest = await connect(commanded);

	const steps = {
		"a wrong password is refused": async () => {
			const ada = await visit(stage, "ada");
			await logIn(ada, production, "wrong");
			await ada.getByText("Invalid credentials").waitFor();
		},
		"the server is listed in production, and no sockets": async () => {
			await logIn(people.ada, production, "changeit");
			await people.ada.getByLabel("Server URL").waitFor({ state: "hidden" });
			await entry(people.ada, "Servers").click();
			await people.ada.getByRole("cell", { name: "prod-1", exact: true }).waitFor();
			await people.ada.getByRole("row").filter({ hasText: "prod-1" }).getByText("Healthy", { exact: true }).waitFor();
			await entry(people.ada, "Sockets").waitFor({ state: "hidden" });
			await stage.picture(people.ada, "admin-ui-production");
		},
		"the page comes back without the password": async () => {
			await people.ada.reload();
			await people.ada.getByRole("cell", { name: "prod-1", exact: true }).waitFor();
		},
		"sockets are listed in development, without actions": async () => {
			const bob = await visit(stage, "bob");
			await logIn(bob, development, "changeit");
			await bob.getByLabel("Server URL").waitFor({ state: "hidden" });
			await entry(bob, "Sockets").click();
			await bob.getByRole("cell", { name: user.id }).waitFor();
			assert.equal(await bob.locator("tbody button").count(), 0);
			await stage.picture(bob, "admin-ui-sockets");
		},
		"a socket shows its data and its request": async () => {
			await people.bob.getByRole("cell", { name: user.id }).click();
			await people.bob.getByText("sec-websocket-version").waitFor();
			await stage.picture(people.bob, "admin-ui-socket");
		},
		"a socket is disconnected where that is allowed": async () => {
			const eve = await visit(stage, "eve");
			await logIn(eve, commanded, "changeit");
			await eve.getByLabel("Server URL").waitFor({ state: "hidden" });
			await entry(eve, "Sockets").click();
			const left = new Promise((resolve) => guest.once("disconnect", resolve));
			await eve.getByRole("row").filter({ hasText: guest.id }).getByRole("button").click();
			assert.equal(await left, "io server disconnect");
			// The click opens the socket, too
			await eve.getByRole("cell", { name: "disconnected" }).first().waitFor();
		},
	};

	await stage.play(steps);
	user.disconnect();
	guest.disconnect();
}

main();
