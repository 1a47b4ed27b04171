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

package io.github.socketioboot.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.github.socketioboot.interop.Prerequisite;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A project in a folder of its own, written by copy and paste from pages and built by the
 * real Maven against the artifacts of this build.
 * <p>
 * Maven gets a local repository of links to what the user's has, so that nothing is
 * fetched again, and of copies of this project's artifacts, so that the user's gets none
 * of them.
 */
final class NewProject implements AutoCloseable {

	private static final long LIMIT_MINUTES = 10;

	/**
	 * The one of the Maven that runs this test, which says so.
	 */
	private static final Path LOCAL_REPOSITORY = Path.of(System.getProperty("localRepository",
			Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));

	private static final String VERSION = "0.1.0-SNAPSHOT";

	/**
	 * Artifacts that the pages name, and those they stand on, by module.
	 */
	private static final Map<String, String> ARTIFACTS = Map.of("engine", "socketio-engine", "cluster",
			"socketio-cluster", "autoconfigure", "socketio-spring-boot-autoconfigure", "starter",
			"socketio-spring-boot-starter", "test", "socketio-spring-boot-test");

	/**
	 * A file that a page names, and the block after it.
	 */
	private static final Pattern FILE = Pattern
		.compile("`([\\w./-]+\\.(?:xml|java|yml|html))`[^`\n]*\n\n```\\w+\n(.*?)```", Pattern.DOTALL);

	private final Path parent;

	private final Path folder;

	private final Path repository;

	NewProject() throws IOException {
		this.parent = Files.createTempDirectory("socketio-new-project-");
		this.folder = Files.createDirectory(this.parent.resolve("chat"));
		this.repository = Files.createDirectory(this.parent.resolve("repository"));
		link(LOCAL_REPOSITORY, this.repository, Path.of("io", "github", "socketioboot"));
		for (Map.Entry<String, String> artifact : ARTIFACTS.entrySet()) {
			install(Page.PROJECT.resolve(artifact.getKey()), artifact.getValue());
		}
	}

	/**
	 * Skip the test where something is missing; in CI fail it.
	 */
	static void assumeBuilt() {
		Prerequisite.require(
				ARTIFACTS.keySet()
					.stream()
					.allMatch((module) -> Files.exists(Page.PROJECT.resolve(module).resolve(".flattened-pom.xml"))),
				"The modules have not been built");
		boolean maven;
		try {
			maven = new ProcessBuilder("mvn", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			maven = false;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
		Prerequisite.require(maven, "mvn is missing");
	}

	// All but what lies below the folder that is left out
	private static void link(Path from, Path to, Path without) throws IOException {
		if (!Files.isDirectory(from)) {
			return;
		}
		try (Stream<Path> entries = Files.list(from)) {
			for (Path entry : (Iterable<Path>) entries::iterator) {
				Path target = to.resolve(entry.getFileName());
				if (!entry.getFileName().equals(without.getName(0))) {
					Files.createSymbolicLink(target, entry);
				}
				else if (without.getNameCount() > 1) {
					link(entry, Files.createDirectory(target), without.subpath(1, without.getNameCount()));
				}
			}
		}
	}

	private void install(Path module, String artifact) throws IOException {
		Path target = Files
			.createDirectories(this.repository.resolve(Path.of("io", "github", "socketioboot", artifact, VERSION)));
		String name = artifact + "-" + VERSION;
		Files.copy(module.resolve(".flattened-pom.xml"), target.resolve(name + ".pom"));
		Files.copy(module.resolve("target").resolve(name + ".jar"), target.resolve(name + ".jar"));
	}

	/**
	 * Write the files that a page names, as it says.
	 * @return their names
	 */
	List<String> write(String page) throws IOException {
		Matcher files = FILE.matcher(Files.readString(Page.PROJECT.resolve(page)));
		List<String> written = new ArrayList<>();
		while (files.find()) {
			String name = files.group(1);
			Path file = this.folder.resolve(name);
			Files.createDirectories(file.getParent());
			if (Files.exists(file)) {
				// Dependencies to add
				Files.writeString(file,
						Files.readString(file).replace("\t</dependencies>", files.group(2) + "\t</dependencies>"));
			}
			else {
				Files.writeString(file, files.group(2));
			}
			written.add(name);
		}
		return written;
	}

	/**
	 * Run Maven and return what it printed.
	 */
	String mvn(String... arguments) throws IOException {
		ProcessBuilder builder = new ProcessBuilder("mvn", "-B", "--no-transfer-progress",
				"-Dmaven.repo.local=" + this.repository);
		builder.command().addAll(List.of(arguments));
		builder.directory(this.folder.toFile()).redirectErrorStream(true);
		builder.environment().keySet().removeIf((name) -> name.startsWith("MAVEN_"));
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		Process process = builder.start();
		CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> {
			try {
				return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				return ex.toString();
			}
		});
		try {
			assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("Maven ends in time").isTrue();
			assertThat(process.exitValue()).as("%s", output.join()).isZero();
			return output.join();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	Path file(String name) {
		return this.folder.resolve(name);
	}

	/**
	 * Delete the project, and the links of its repository but not what they lead to.
	 */
	@Override
	public void close() {
		ClusterProcess.delete(this.parent);
	}

}
