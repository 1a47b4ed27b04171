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

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line that starts what this process was started as once more. Immutable.
 *
 * @param command program, options, main class or jar, and arguments
 */
record WorkerCommandLine(List<String> command) {

	/**
	 * Options that two processes cannot share, such as ports, or that belong to the tool
	 * that has started this one.
	 */
	private static final Pattern OWN_OPTION = Pattern
		.compile("-agentlib:jdwp\\b.*|-Xrunjdwp\\b.*|-Xdebug|-Dcom\\.sun\\.management\\.jmxremote\\.(rmi\\.)?port=.*"
				+ "|-javaagent:.*idea_rt\\.jar.*|-Dspring\\.application\\.admin\\..*");

	/**
	 * A word of a list of options, with quotes around it or parts of it if it has spaces.
	 */
	private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

	WorkerCommandLine {
		command = List.copyOf(command);
	}

	/**
	 * Read the command line of this process.
	 * @param arguments arguments of the application
	 * @param jvmOptions further options of the JVM
	 * @return the command line
	 */
	static WorkerCommandLine ofThisProcess(String[] arguments, List<String> jvmOptions) {
		return of(program(), ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getProperties(),
				jvmOptions, arguments);
	}

	static WorkerCommandLine of(String program, List<String> inputArguments, Properties properties,
			List<String> jvmOptions, String[] arguments) {
		List<String> command = new ArrayList<>();
		command.add(program);
		inputArguments.stream().filter((option) -> !OWN_OPTION.matcher(option).matches()).forEach(command::add);
		jvmOptions.forEach((options) -> addWords(options, command));
		addMain(properties, command);
		command.addAll(Arrays.asList(arguments));
		return new WorkerCommandLine(command);
	}

	private static String program() {
		return ProcessHandle.current().info().command().orElseGet(() -> {
			boolean isWindows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
			return String.join(File.separator, System.getProperty("java.home"), "bin", isWindows ? "java.exe" : "java");
		});
	}

	private static void addWords(String options, List<String> command) {
		Matcher word = WORD.matcher(options);
		while (word.find()) {
			command.add(word.group().replace("\"", ""));
		}
	}

	// A path of a jar stays as it was given: a symbolic link may point to a new version
	// by the time of the next start
	private static void addMain(Properties properties, List<String> command) {
		String started = properties.getProperty("sun.java.command", "");
		String classPath = properties.getProperty("java.class.path", "");
		if (properties.getProperty("jdk.module.main") != null) {
			addClassPath(classPath, command);
			command.addAll(List.of("-m", firstWord(started)));
		}
		else if (classPath.endsWith(".jar") && (started.equals(classPath) || started.startsWith(classPath + " "))) {
			command.addAll(List.of("-jar", classPath));
		}
		else {
			addClassPath(classPath, command);
			command.add(firstWord(started));
		}
	}

	private static void addClassPath(String classPath, List<String> command) {
		if (!classPath.isEmpty()) {
			command.addAll(List.of("-cp", classPath));
		}
	}

	private static String firstWord(String text) {
		int space = text.indexOf(' ');
		return (space < 0) ? text : text.substring(0, space);
	}

}
