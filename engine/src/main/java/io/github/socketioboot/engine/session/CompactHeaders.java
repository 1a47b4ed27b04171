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

package io.github.socketioboot.engine.session;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Headers of a request in one array, about a fifth of what {@link HttpHeaders} takes.
 * They live as long as the session and are seldom looked at. Immutable.
 */
final class CompactHeaders {

	private final byte[] lines;

	private CompactHeaders(byte[] lines) {
		this.lines = lines;
	}

	static CompactHeaders of(HttpHeaders headers) {
		StringBuilder lines = new StringBuilder(256);
		for (Map.Entry<String, String> header : headers) {
			lines.append(header.getKey()).append(':').append(header.getValue()).append('\n');
		}
		return new CompactHeaders(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
	}

	HttpHeaders expand() {
		HttpHeaders headers = new DefaultHttpHeaders();
		String text = new String(this.lines, StandardCharsets.ISO_8859_1);
		text.lines().forEach((line) -> {
			int colon = line.indexOf(':');
			headers.add(line.substring(0, colon), line.substring(colon + 1));
		});
		return headers;
	}

}
