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

package io.github.socketioboot.autoconfigure;

import java.nio.charset.StandardCharsets;

import io.github.socketioboot.engine.protocol.PacketLimits;

/**
 * Names of namespaces as clients write them, and as netty-socketio does.
 */
final class NamespaceNames {

	static final String DEFAULT = "/";

	private NamespaceNames() {
	}

	/**
	 * Complete a name.
	 * @param property where the name stands, for the failure
	 * @param name the name, with or without its slash
	 * @return the name with its slash
	 * @throws InvalidPropertyException if no client could name it
	 */
	static String require(String property, String name) {
		String completed = name.startsWith(DEFAULT) ? name : DEFAULT + name;
		if (!name.equals(name.strip())
				|| completed.chars().anyMatch((character) -> character == ',' || character == '?')
				|| completed.getBytes(StandardCharsets.UTF_8).length > PacketLimits.MAX_NAMESPACE_LENGTH) {
			throw new InvalidPropertyException(property, name, "is no namespace that clients could name",
					"Use a name such as /admin, without comma, question mark and space around, of at most "
							+ PacketLimits.MAX_NAMESPACE_LENGTH + " bytes.");
		}
		return completed;
	}

	/**
	 * Return the name that clients have for a namespace.
	 * @param name netty-socketio's name, empty for the default namespace
	 * @return the name with its slash
	 */
	static String unbridged(String name) {
		return name.isEmpty() ? DEFAULT : name;
	}

}
