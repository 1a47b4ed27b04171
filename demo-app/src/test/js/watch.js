/*
 * Tells how connections to a server come and go, one by polling and one by WebSocket.
 *
 *     node watch.js <url>
 */

const client = require("socket.io-client-4");

for (const transport of ["polling", "websocket"]) {
	const socket = client(process.argv[2], { transports: [transport], forceNew: true, reconnection: false });
	socket.on("connect", () => console.log(JSON.stringify({ transport, event: "connect" })));
	socket.on("disconnect", (reason) => console.log(JSON.stringify({ transport, event: reason })));
}
