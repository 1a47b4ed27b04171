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

package io.github.socketioboot.engine.protocol;

/**
 * Version of the Engine.IO protocol that a client speaks. Immutable.
 *
 * @since 0.1.0
 */
public enum EngineVersion {

	/**
	 * Engine.IO 3, spoken by Socket.IO 1 and 2 clients.
	 */
	V3,

	/**
	 * Engine.IO 4, spoken by Socket.IO 3 and 4 clients.
	 */
	V4

}
