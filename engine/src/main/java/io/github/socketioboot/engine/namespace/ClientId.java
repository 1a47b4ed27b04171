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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Public id of a connection. Not the beginning of the secret id, as in the reference
 * server: ours begins with what all ids of a process have in common, and the rest would
 * leave too little to guess.
 */
final class ClientId {

	private static final int BYTES = 9;

	private static final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();

	private ClientId() {
	}

	static String of(String sessionId) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(sessionId.getBytes(StandardCharsets.US_ASCII));
			byte[] first = new byte[BYTES];
			System.arraycopy(digest, 0, first, 0, BYTES);
			return encoder.encodeToString(first);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
