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

package io.github.socketioboot.autoconfigure.admin;

import java.util.List;
import java.util.Set;

import io.github.socketioboot.engine.namespace.BroadcastOperator;
import io.github.socketioboot.engine.namespace.Namespace;
import io.github.socketioboot.engine.namespace.SocketIoEngine;
import org.jspecify.annotations.Nullable;

/**
 * What the Admin UI may do to sockets, those of all nodes. Commands that are not as the
 * protocol has them are passed over. Thread-safe.
 */
final class AdminCommands {

	static final Set<String> NAMES = Set.of("emit", "join", "leave", "_disconnect");

	private final SocketIoEngine engine;

	AdminCommands(SocketIoEngine engine) {
		this.engine = engine;
	}

	/**
	 * Carry a command out.
	 * @param name its name
	 * @param args its arguments
	 * @return whether it is one
	 */
	boolean run(String name, List<@Nullable Object> args) {
		if (!NAMES.contains(name) || args.isEmpty() || !(args.get(0) instanceof String namespaceName)) {
			return false;
		}
		Namespace namespace = this.engine.find(namespaceName);
		if (namespace == null || !namespace.name().equals(namespaceName)) {
			return false;
		}
		return switch (name) {
			case "emit" -> emit(namespace, args);
			case "join" -> move(namespace, args, true);
			case "leave" -> move(namespace, args, false);
			default -> disconnect(namespace, args);
		};
	}

	private static boolean emit(Namespace namespace, List<@Nullable Object> args) {
		BroadcastOperator receivers = filter(namespace, args, 1);
		if (receivers == null || !(argument(args, 2) instanceof String event)) {
			return false;
		}
		try {
			receivers.emit(event, args.subList(3, args.size()).toArray());
			return true;
		}
		catch (IllegalArgumentException ex) {
			// The name is reserved
			return false;
		}
	}

	private static boolean move(Namespace namespace, List<@Nullable Object> args, boolean join) {
		BroadcastOperator sockets = filter(namespace, args, 2);
		if (sockets == null || !(argument(args, 1) instanceof String room)) {
			return false;
		}
		if (join) {
			sockets.socketsJoin(room);
		}
		else {
			sockets.socketsLeave(room);
		}
		return true;
	}

	private static boolean disconnect(Namespace namespace, List<@Nullable Object> args) {
		BroadcastOperator sockets = filter(namespace, args, 2);
		Object close = argument(args, 1);
		if (sockets == null || (close != null && !(close instanceof Boolean))) {
			return false;
		}
		sockets.disconnectSockets(Boolean.TRUE.equals(close));
		return true;
	}

	/**
	 * Find out whom a command is for.
	 * @param namespace the namespace
	 * @param args arguments
	 * @param index where a room or the id of a socket stands; nothing there means all
	 * @return the sockets, or {@code null} if something else stands there
	 */
	private static @Nullable BroadcastOperator filter(Namespace namespace, List<@Nullable Object> args, int index) {
		Object filter = argument(args, index);
		if (filter == null) {
			return namespace.broadcast();
		}
		return (filter instanceof String room && !room.isEmpty()) ? namespace.broadcast().in(room) : null;
	}

	private static @Nullable Object argument(List<@Nullable Object> args, int index) {
		return (index < args.size()) ? args.get(index) : null;
	}

}
