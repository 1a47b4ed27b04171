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

package io.github.socketioboot.autoconfigure.cluster;

import java.util.List;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerCommandLineTests {

	@Test
	void jarIsStartedAsItWasNamed() {
		assertThat(command(properties("current/my app.jar", "current/my app.jar --a=b c"), "--a=b c"))
			.containsExactly("java", "-jar", "current/my app.jar", "--a=b c");
	}

	@Test
	void jarWithoutArgumentsIsStarted() {
		assertThat(command(properties("app.jar", "app.jar"))).containsExactly("java", "-jar", "app.jar");
	}

	@Test
	void mainClassIsStartedWithItsClassPath() {
		assertThat(command(properties("classes:lib/a b.jar", "com.example.Main x y"), "x", "y")).containsExactly("java",
				"-cp", "classes:lib/a b.jar", "com.example.Main", "x", "y");
	}

	@Test
	void mainClassInOneJarIsNoExecutableJar() {
		assertThat(command(properties("app.jar", "com.example.Main"))).containsExactly("java", "-cp", "app.jar",
				"com.example.Main");
	}

	@Test
	void mainModuleIsStarted() {
		Properties properties = properties("", "com.example/com.example.Main x");
		properties.setProperty("jdk.module.main", "com.example");
		assertThat(command(properties, "x")).containsExactly("java", "-m", "com.example/com.example.Main", "x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-agentlib:jdwp=transport=dt_socket,address=5005", "-Xrunjdwp:server=y", "-Xdebug",
			"-Dcom.sun.management.jmxremote.port=9010", "-Dcom.sun.management.jmxremote.rmi.port=9010",
			"-javaagent:/opt/idea/lib/idea_rt.jar=36789", "-Dspring.application.admin.enabled=true" })
	void optionThatTwoProcessesCannotShareIsLeftOut(String option) {
		assertThat(WorkerCommandLine
			.of("java", List.of("-Xmx1g", option, "-Da=b c"), properties("a.jar", "a.jar"), List.of(), new String[0])
			.command()).containsExactly("java", "-Xmx1g", "-Da=b c", "-jar", "a.jar");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-javaagent:agent.jar", "-agentlib:other", "-Dcom.sun.management.jmxremote",
			"-XX:+UseSerialGC", "--add-opens=java.base/java.lang=ALL-UNNAMED" })
	void otherOptionIsInherited(String option) {
		assertThat(WorkerCommandLine.of("java", List.of(option), properties("a.jar", "a.jar"), List.of(), new String[0])
			.command()).contains(option);
	}

	@Test
	void furtherOptionsComeLastAndAreSplitAtSpaces() {
		assertThat(WorkerCommandLine
			.of("java", List.of("-Xmx1g"), properties("a.jar", "a.jar"),
					List.of("-Xmx2g  -Dx=\"y z\"", "-Xlog:gc:file=a:time,level"), new String[0])
			.command())
			.containsExactly("java", "-Xmx1g", "-Xmx2g", "-Dx=y z", "-Xlog:gc:file=a:time,level", "-jar", "a.jar");
	}

	@Test
	void thisProcessCanBeStartedAgain() {
		List<String> command = WorkerCommandLine.ofThisProcess(new String[] { "x y" }, List.of("-Da=b")).command();
		assertThat(command.get(0)).contains("java");
		assertThat(command).contains("-Da=b").endsWith("x y");
	}

	private static List<String> command(Properties properties, String... arguments) {
		return WorkerCommandLine.of("java", List.of(), properties, List.of(), arguments).command();
	}

	private static Properties properties(String classPath, String command) {
		Properties properties = new Properties();
		properties.setProperty("java.class.path", classPath);
		properties.setProperty("sun.java.command", command);
		return properties;
	}

}
