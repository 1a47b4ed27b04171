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

package io.github.socketioboot.engine.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The browser client, as the build has put it onto the class path. A file is read and
 * compressed when it is first asked for and then kept: there are eight, and nothing else
 * can be asked for. Thread-safe.
 *
 * @since 0.1.0
 */
final class ClientFiles {

	private static final String[] NAMES = { "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js",
			"socket.io.msgpack.min.js" };

	private static final int MAX_FILE_SIZE = 4 * 1024 * 1024;

	private static final byte[] ABSENT = {};

	private final Function<String, @Nullable InputStream> resources;

	private final @Nullable String entityTag;

	private final Map<String, ClientFile> files = new HashMap<>();

	/**
	 * Serve the files on the class path.
	 */
	ClientFiles() {
		this((name) -> ClientFiles.class.getResourceAsStream("client/" + name));
	}

	/**
	 * Serve files of another source.
	 * @param resources opens the file of a name, or returns {@code null} if there is none
	 */
	ClientFiles(Function<String, @Nullable InputStream> resources) {
		this.resources = resources;
		byte[] version = read("version");
		this.entityTag = (version != ABSENT) ? '"' + new String(version, StandardCharsets.US_ASCII).trim() + '"' : null;
		for (String name : NAMES) {
			this.files.put("/" + name, new ClientFile(name, "application/javascript; charset=utf-8"));
			this.files.put("/" + name + ".map", new ClientFile(name + ".map", "application/json; charset=utf-8"));
		}
	}

	/**
	 * Return whether there are any files to serve.
	 * @return {@code false} if the client was not there at build time
	 */
	boolean isPresent() {
		return this.entityTag != null;
	}

	/**
	 * Answer a request for a file.
	 * @param request the request
	 * @param pathWithinServer the rest of the request target after the path of the
	 * server, with the slash in front; a query is ignored
	 * @return a new response with its length, owned by the caller, or {@code null} if
	 * this is no request for a file
	 */
	@Nullable FullHttpResponse answer(HttpRequest request, String pathWithinServer) {
		boolean head = request.method().equals(HttpMethod.HEAD);
		if (this.entityTag == null || !(head || request.method().equals(HttpMethod.GET))) {
			return null;
		}
		int query = pathWithinServer.indexOf('?');
		ClientFile file = this.files.get((query != -1) ? pathWithinServer.substring(0, query) : pathWithinServer);
		if (file == null || file.content() == ABSENT) {
			return null;
		}
		if (matches(request.headers().getAsString(HttpHeaderNames.IF_NONE_MATCH), this.entityTag)) {
			return response(HttpResponseStatus.NOT_MODIFIED, this.entityTag, Unpooled.EMPTY_BUFFER);
		}
		boolean compressed = acceptsGzip(request.headers());
		byte[] content = compressed ? file.compressed() : file.content();
		FullHttpResponse response = response(HttpResponseStatus.OK, this.entityTag,
				head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content));
		response.headers().set(HttpHeaderNames.CONTENT_TYPE, file.type);
		response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
		if (compressed) {
			response.headers().set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
		}
		return response;
	}

	private static FullHttpResponse response(HttpResponseStatus status, String entityTag, ByteBuf content) {
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
		response.headers()
			.set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=0")
			.set(HttpHeaderNames.ETAG, entityTag)
			.set(HttpHeaderNames.VARY, "Accept-Encoding");
		return response;
	}

	private static boolean acceptsGzip(HttpHeaders request) {
		String accepted = request.get(HttpHeaderNames.ACCEPT_ENCODING);
		return accepted != null && PollCompression.negotiate(accepted) == PollCompression.Coding.GZIP;
	}

	private static boolean matches(@Nullable String ifNoneMatch, String entityTag) {
		if (ifNoneMatch == null) {
			return false;
		}
		for (String candidate : ifNoneMatch.split(",")) {
			String tag = candidate.trim();
			if (tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals(entityTag)) {
				return true;
			}
		}
		return false;
	}

	private byte[] read(String name) {
		try (InputStream input = this.resources.apply(name)) {
			if (input == null) {
				return ABSENT;
			}
			byte[] content = input.readNBytes(MAX_FILE_SIZE + 1);
			return (content.length > 0 && content.length <= MAX_FILE_SIZE) ? content : ABSENT;
		}
		catch (IOException ex) {
			return ABSENT;
		}
	}

	private static byte[] compress(byte[] content) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(content.length / 2);
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	private final class ClientFile {

		private final String name;

		private final String type;

		// Two threads may both read it: the results are equal
		private volatile byte @Nullable [] content;

		private volatile byte @Nullable [] compressed;

		private ClientFile(String name, String type) {
			this.name = name;
			this.type = type;
		}

		private byte[] content() {
			byte[] content = this.content;
			if (content == null) {
				content = read(this.name);
				this.content = content;
			}
			return content;
		}

		private byte[] compressed() {
			byte[] compressed = this.compressed;
			if (compressed == null) {
				compressed = compress(content());
				this.compressed = compressed;
			}
			return compressed;
		}

	}

}
