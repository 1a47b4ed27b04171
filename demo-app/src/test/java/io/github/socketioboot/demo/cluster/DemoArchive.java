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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo's jar extracted, with a class-data archive: a process that has it starts with
 * half of the CPU time. Made once for all tests, below {@code target}. Immutable.
 */
final class DemoArchive {

	private static final Path FOLDER = Path.of("target", "extracted-demo").toAbsolutePath();

	private static final String DEMO = "io.github.socketioboot.demo.DemoApplication";

	private static final Path TEST_CLASSES = Path.of("target", "test-classes").toAbsolutePath();

	private static @Nullable DemoArchive made;

	private final Path archive;

	private final String jars;

	private DemoArchive(Path archive, String jars) {
		this.archive = archive;
		this.jars = jars;
	}

	/**
	 * Return whether the jar has just been built: the build says so, an IDE does not.
	 * @return {@code true} if so
	 */
	static boolean isWanted() {
		return Boolean.getBoolean("test.demo-archive");
	}

	/**
	 * Return the archive of the jar as it is now.
	 * @return the archive
	 */
	static synchronized DemoArchive get() {
		if (made == null) {
			try {
				made = make();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return made;
	}

	/**
	 * Return how to run a main class of the tests with the libraries of the demo.
	 * @param main the class
	 * @return arguments of {@code java}
	 */
	List<String> program(Class<?> main) {
		// An archive knows jars only; folders may follow
		return program(this.jars + File.pathSeparator + TEST_CLASSES, main.getName());
	}

	/**
	 * Return how to run the demo.
	 * @return arguments of {@code java}
	 */
	List<String> program() {
		return program(this.jars, DEMO);
	}

	private List<String> program(String classPath, String main) {
		return List.of("-XX:SharedArchiveFile=" + this.archive, "-cp", classPath, main);
	}

	private static DemoArchive make() throws IOException {
		run("-Djarmode=tools", "-jar", ClusterProcess.JAR.toString(), "extract", "--force", "--destination",
				FOLDER.toString());
		String jars;
		try (Stream<Path> libraries = Files.list(FOLDER.resolve("lib")).sorted()) {
			jars = Stream.concat(Stream.of(FOLDER.resolve(ClusterProcess.JAR.getFileName())), libraries)
				.map(Path::toString)
				.collect(Collectors.joining(File.pathSeparator));
		}
		Path archive = FOLDER.resolve("demo.jsa");
		Files.deleteIfExists(archive);
		List<String> training = new ArrayList<>(ClusterProcess.QUICK);
		training.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Dspring.context.exit=onRefresh", "-cp", jars,
				DEMO, "--socketio.cluster.instances=1", "--socketio.cluster.adapter=none", "--socketio.port=0",
				"--server.port=0"));
		run(training.toArray(String[]::new));
		return new DemoArchive(archive, jars);
	}

	private static void run(String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.onExit().join().exitValue()).as(output).isZero();
	}

}
