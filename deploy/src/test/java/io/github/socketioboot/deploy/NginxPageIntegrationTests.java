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

package io.github.socketioboot.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.demo.cluster.ClusterProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands of nginx's page, as they stand there, but for ports and for what would
 * change this machine.
 */
class NginxPageIntegrationTests {

	private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

	@TempDir
	private Path folder;

	@Test
	void aReaderHasThreeNodesBehindNginx() throws Exception {
		ClusterProcess.assumeBuilt();
		String page = Files.readString(Path.of("nginx", "README.md"));
		List<String> commands = COMMANDS.matcher(page).results().map((MatchResult result) -> result.group(1)).toList();
		assertThat(commands).hasSize(5);
		String install = commands.get(0);
		String start = commands.get(1);
		String ready = commands.get(2);
		String configure = commands.get(3);
		String check = commands.get(4);
		assertThat(install).contains("nginx", "redis-server", "openjdk-17-jre-headless", "curl");
		assertThat(configure).contains("cp address.conf /etc/nginx/conf.d/");
		List<Integer> ports = new ArrayList<>();
		Recipe.NODES.forEach((port) -> ports.add(FreePort.find()));
		try (RedisServer redis = RedisServer.startOwn(); Balancer balancer = startNginx(ports)) {
			// Nobody reads what they print
			Process nodes = shell(redis, "exec > nodes.log\n"
					+ replace(withPorts(start, ports), "-jar app.jar", "-jar " + ClusterProcess.JAR) + "wait\n");
			try {
				assertThat(outputOf(shell(redis, withPorts(ready, ports)))).isEqualTo("UP\nUP\nUP\n");
				assertThat(outputOf(shell(redis, replace(check, "http://localhost/", balancer.url() + "/"))))
					.matches("ok\n40\\{\"sid\":\".*\"}\n");
			}
			finally {
				end(nodes);
			}
		}
	}

	private static Balancer startNginx(List<Integer> ports) {
		return Balancer.nginx(Recipe.read("nginx", "address.conf").withNodes(ports));
	}

	private static String withPorts(String commands, List<Integer> ports) {
		String changed = commands;
		for (int i = 0; i < ports.size(); i++) {
			changed = replace(changed, Integer.toString(Recipe.NODES.get(i)), Integer.toString(ports.get(i)));
			String http = "--server.port=808" + (i + 1);
			if (commands.contains(http)) {
				changed = replace(changed, http, "--server.port=" + FreePort.find());
			}
		}
		return changed;
	}

	private static String replace(String text, String old, String replacement) {
		assertThat(text).contains(old);
		return text.replace(old, replacement);
	}

	/**
	 * Run commands in a group of processes of their own.
	 */
	private Process shell(RedisServer redis, String commands) throws IOException {
		ProcessBuilder builder = new ProcessBuilder("setsid", "bash", "-c", commands).directory(this.folder.toFile())
			.redirectError(this.folder.resolve("errors").toFile());
		Map<String, String> environment = builder.environment();
		environment.put("SPRING_DATA_REDIS_PORT", Integer.toString(redis.port()));
		environment.put("JDK_JAVA_OPTIONS", String.join(" ", ClusterProcess.QUICK));
		Process process = builder.start();
		process.getOutputStream().close();
		return process;
	}

	private String outputOf(Process process) throws Exception {
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as("%s%s", output, Files.readString(this.folder.resolve("errors"))).isZero();
		return output;
	}

	private static void end(Process nodes) throws InterruptedException {
		List<ProcessHandle> all = nodes.descendants().toList();
		ClusterProcess.kill("KILL", "-" + nodes.pid());
		for (ProcessHandle one : all) {
			one.onExit().orTimeout(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
		}
		assertThat(nodes.waitFor(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

}
