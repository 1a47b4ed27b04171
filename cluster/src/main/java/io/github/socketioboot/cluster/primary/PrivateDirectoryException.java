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

package io.github.socketioboot.cluster.primary;

import java.nio.file.Path;

/**
 * Thrown when the private folder of a host's processes cannot be made.
 *
 * @since 0.1.0
 */
public final class PrivateDirectoryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Path parent;

	/**
	 * Create an exception.
	 * @param parent where the folder was to be made
	 * @param message what is wrong
	 * @param cause why, or this exception itself for none
	 */
	public PrivateDirectoryException(Path parent, String message, Throwable cause) {
		super(parent + ": " + message, cause);
		this.parent = parent;
	}

	/**
	 * Return where the folder was to be made.
	 * @return the folder
	 */
	public Path parent() {
		return this.parent;
	}

}
