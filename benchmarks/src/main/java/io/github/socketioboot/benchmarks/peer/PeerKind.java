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

package io.github.socketioboot.benchmarks.peer;

import java.util.Locale;

/**
 * The servers that a load run can put side by side.
 *
 * @since 0.1.0
 */
public enum PeerKind {

	/**
	 * A bare Netty server with just enough of the protocol: what the wire itself costs.
	 */
	FLOOR {

		@Override
		Peer start(PeerSettings settings) {
			return FloorPeer.start(settings);
		}

	},

	/**
	 * Plain netty-socketio.
	 */
	STOCK {

		@Override
		Peer start(PeerSettings settings) {
			return SocketIoServerPeer.stock(settings);
		}

	},

	/**
	 * The engine of this project behind the same handlers.
	 */
	OURS {

		@Override
		Peer start(PeerSettings settings) {
			return SocketIoServerPeer.ours(settings);
		}

	};

	/**
	 * Whether the peer leaves a polling connection open after a response.
	 * @return {@code false} if each response ends its TCP connection
	 */
	public boolean keepsPollingAlive() {
		return this != STOCK;
	}

	/**
	 * Returns the name that reports and the command line use.
	 * @return the name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a peer by its label.
	 * @param label a label in any case
	 * @return the peer
	 * @throws IllegalArgumentException if there is none of that label
	 */
	public static PeerKind ofLabel(String label) {
		return valueOf(label.toUpperCase(Locale.ROOT));
	}

	abstract Peer start(PeerSettings settings);

}
