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

package io.github.socketioboot.engine.namespace;

import io.github.socketioboot.engine.protocol.EncodedPacket;

/**
 * A packet on its way from any thread to the loop of its socket. Owns the packet until it
 * has run there.
 */
final class Outgoing implements Runnable {

	private final Socket socket;

	private final EncodedPacket packet;

	Outgoing(Socket socket, EncodedPacket packet) {
		this.socket = socket;
		this.packet = packet;
	}

	@Override
	public void run() {
		this.socket.arrived(this.packet.size());
		try {
			this.socket.deliver(this.packet, false);
		}
		finally {
			this.packet.release();
		}
	}

}
