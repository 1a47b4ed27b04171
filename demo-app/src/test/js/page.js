/*
 * Runs the server of a page of the documentation, on any free port.
 *
 *     node page.js <file with its blocks, one after the other>
 *
 * Prints the port. The end of standard input ends it.
 */

const { readFileSync } = require("node:fs");

const blocks = readFileSync(process.argv[2], "utf8").replace(/new Server\(\d+/, "new Server(0");
const io = new Function("require", `${blocks}\nreturn io;`)(require);

if (io.httpServer.listening) {
	print();
} else {
	io.httpServer.once("listening", print);
}

function print() {
	console.log(io.httpServer.address().port);
}

process.stdin.resume();
process.stdin.on("end", () => process.exit());
