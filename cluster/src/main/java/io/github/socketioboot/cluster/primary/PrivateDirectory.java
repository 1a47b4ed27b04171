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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that only this user's processes may enter, with the sockets of a host's
 * processes. Thread-safe.
 */
final class PrivateDirectory {

	private static final String PREFIX = "socketio-";

	/**
	 * Longest address of a Unix-domain socket on every platform, without its end mark.
	 */
	private static final int MAX_SOCKET_PATH = 103;

	private static final int LONGEST_NAME = "/w2147483647.sock".length();

	private final Path path;

	private PrivateDirectory(Path path) {
		this.path = path;
	}

	/**
	 * Make a folder.
	 * @param parent where to make it
	 * @return the folder
	 * @throws PrivateDirectoryException if it cannot be made or used
	 */
	static PrivateDirectory create(Path parent) {
		Path path;
		try {
			path = Files.createTempDirectory(parent, PREFIX, attributes(parent)).toAbsolutePath();
		}
		catch (IOException | UnsupportedOperationException ex) {
			throw new PrivateDirectoryException(parent, "no private folder can be made there", ex);
		}
		PrivateDirectory directory = new PrivateDirectory(path);
		int length = path.toString().getBytes(StandardCharsets.UTF_8).length + LONGEST_NAME;
		if (length > MAX_SOCKET_PATH) {
			directory.remove();
			throw new PrivateDirectoryException(parent, "the path is too long for sockets",
					new IOException("paths of sockets have at most " + MAX_SOCKET_PATH + " bytes, not " + length));
		}
		return directory;
	}

	private static FileAttribute<?>[] attributes(Path parent) {
		if (!parent.getFileSystem().equals(FileSystems.getDefault())
				|| !parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) };
	}

	Path path() {
		return this.path;
	}

	/**
	 * Remove the folder and all in it, as far as that goes.
	 */
	void remove() {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path)) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
			Files.deleteIfExists(this.path);
		}
		catch (IOException | UncheckedIOException ex) {
			// Removed by another, or not ours any more: nothing is left to do
		}
	}

}
