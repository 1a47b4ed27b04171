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

package io.github.socketioboot.demo.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Versions of the demo's jar, and a symbolic link to the one in use.
 */
final class JarVersions implements AutoCloseable {

	private final Path folder;

	JarVersions() throws IOException {
		this.folder = Files.createTempDirectory("demo-versions-");
	}

	Path link() {
		return this.folder.resolve("demo.jar");
	}

	/**
	 * Make a version that tells its name at {@code /version.txt}.
	 */
	Path version(String name) throws IOException {
		return changed(name, (files) -> Files.writeString(files.getPath("BOOT-INF/classes/static/version.txt"), name));
	}

	/**
	 * Make a version that cannot start, as its main class is missing.
	 */
	Path broken() throws IOException {
		return changed("broken", (files) -> Files
			.delete(files.getPath("BOOT-INF/classes/io/github/socketioboot/demo/DemoApplication.class")));
	}

	private Path changed(String name, Change change) throws IOException {
		Path jar = this.folder.resolve("demo-" + name + ".jar");
		Files.copy(ClusterProcess.JAR, jar);
		try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
			change.apply(files);
		}
		return jar;
	}

	/**
	 * Let the link point to a version.
	 */
	void use(Path jar) throws IOException {
		Path link = this.folder.resolve("new");
		Files.createSymbolicLink(link, jar);
		Files.move(link, link(), StandardCopyOption.ATOMIC_MOVE);
	}

	@Override
	public void close() {
		try (var files = Files.list(this.folder)) {
			files.forEach((file) -> file.toFile().delete());
			Files.delete(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Change {

		void apply(FileSystem files) throws IOException;

	}

}
