/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.socketioboot.cluster.primary.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker's server made of plain sockets, which follows a script on each connection.
 */
final class RawUpstream implements Upstream, Closeable {

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private final int number = NUMBERS.incrementAndGet();

	private final ServerSocketChannel server;

	private final SocketAddress address;

	private final Script script;

	private final Queue<SocketChannel> channels = new ConcurrentLinkedQueue<>();

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger begun = new AtomicInteger();

	private final AtomicInteger ended = new AtomicInteger();

	private RawUpstream(ServerSocketChannel server, Script script) throws IOException {
		this.server = server;
		this.address = server.getLocalAddress();
		this.script = script;
		Thread thread = new Thread(this::accept, "upstream-" + this.number);
		thread.setDaemon(true);
		thread.start();
	}

	static RawUpstream tcp(Script script) throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open();
		server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		return new RawUpstream(server, script);
	}

	static RawUpstream unix(Path path, Script script) throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		server.bind(UnixDomainSocketAddress.of(path));
		return new RawUpstream(server, script);
	}

	/**
	 * Answer each request with 200 and a text.
	 * @param answer makes the text of a head
	 * @return the script
	 */
	static Script answering(Answer answer) {
		return (connection) -> {
			for (String head = connection.readHead(); head != null; head = connection.readHead()) {
				String body = answer.to(head);
				connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
			}
		};
	}

	private void accept() {
		try {
			while (true) {
				SocketChannel channel = this.server.accept();
				this.channels.add(channel);
				this.connections.incrementAndGet();
				Thread thread = new Thread(() -> run(channel), "upstream-connection-" + this.number);
				thread.setDaemon(true);
				thread.start();
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void run(SocketChannel channel) {
		try (channel) {
			this.script.run(new Connection(channel));
		}
		catch (IOException | UncheckedIOException ex) {
			// The other side has gone
		}
	}

	@Override
	public int number() {
		return this.number;
	}

	@Override
	public SocketAddress address() {
		return this.address;
	}

	@Override
	public void begin() {
		this.begun.incrementAndGet();
	}

	@Override
	public void end() {
		this.ended.incrementAndGet();
	}

	int connections() {
		return this.connections.get();
	}

	int begun() {
		return this.begun.get();
	}

	int outstanding() {
		return this.begun.get() - this.ended.get();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
	}

	/**
	 * What to do on a connection.
	 */
	@FunctionalInterface
	interface Script {

		void run(Connection connection) throws IOException;

	}

	/**
	 * What to answer.
	 */
	@FunctionalInterface
	interface Answer {

		String to(String head);

	}

	/**
	 * A connection of the proxy.
	 */
	static final class Connection {

		private final SocketChannel channel;

		private final InputStream input;

		private final OutputStream output;

		Connection(SocketChannel channel) {
			this.channel = channel;
			this.input = new BufferedInputStream(Channels.newInputStream(channel));
			this.output = Channels.newOutputStream(channel);
		}

		/**
		 * Read up to and with the next empty line.
		 * @return the text, one byte a character, or {@code null} at the end
		 */
		String readHead() throws IOException {
			ByteArrayOutputStream head = new ByteArrayOutputStream();
			int matched = 0;
			while (matched < 4) {
				int next = this.input.read();
				if (next == -1) {
					if (head.size() == 0) {
						return null;
					}
					throw new EOFException();
				}
				head.write(next);
				boolean expected = next == ((matched % 2 == 0) ? '\r' : '\n');
				matched = expected ? matched + 1 : ((next == '\r') ? 1 : 0);
			}
			return head.toString(StandardCharsets.ISO_8859_1);
		}

		String read(int length) throws IOException {
			byte[] bytes = this.input.readNBytes(length);
			if (bytes.length < length) {
				throw new EOFException();
			}
			return new String(bytes, StandardCharsets.ISO_8859_1);
		}

		/**
		 * Wait for the next byte.
		 * @return the byte, or -1 at the end
		 */
		int read() throws IOException {
			return this.input.read();
		}

		InputStream input() {
			return this.input;
		}

		OutputStream output() {
			return this.output;
		}

		void send(String text) throws IOException {
			this.output.write(text.getBytes(StandardCharsets.ISO_8859_1));
		}

		/**
		 * Let the kernel keep little of what is sent either way.
		 */
		void keepLittle() throws IOException {
			this.channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
			this.channel.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
		}

		void shutdownOutput() throws IOException {
			this.channel.shutdownOutput();
		}

		/**
		 * Read until the other side has closed.
		 */
		void awaitEnd() throws IOException {
			this.input.transferTo(OutputStream.nullOutputStream());
		}

	}

}
