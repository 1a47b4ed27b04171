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

package io.github.socketioboot.deploy.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.cluster.redis.RedisServer;
import io.github.socketioboot.docs.Settings;
import io.github.socketioboot.interop.Prerequisite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The steps of the Dockerfile, done in folders, give an application that runs with the
 * variables of the Compose file and passes its health check. No container runs.
 */
class ImageIntegrationTests {

	private static final JsonNode NODE = Recipes.document("compose/docker-compose.yml").at("/services/node1");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void theImageRunsAndItsHealthIsSeen() throws IOException {
		Prerequisite.require(Files.exists(RecipeProcess.JAR), RecipeProcess.JAR + " is missing");
		Stage image = build();
		try (RedisServer redis = RedisServer.start()) {
			Map<String, String> environment = new TreeMap<>();
			NODE.path("environment")
				.properties()
				.forEach((variable) -> environment.put(variable.getKey(), variable.getValue().asString()));
			environment.put("SPRING_DATA_REDIS_HOST", redis.host());
			environment.put("SPRING_DATA_REDIS_PORT", Integer.toString(redis.port()));
			int port = FreePort.find();
			int httpPort = FreePort.find();
			environment.put("SOCKETIO_PORT", Integer.toString(port));
			environment.put("SERVER_PORT", Integer.toString(httpPort));
			assertThat(health(environment)).isNotZero();
			try (RecipeProcess container = RecipeProcess.start(image.folder(), environment, image.entryPoint())) {
				container.await(port, Settings.value("socketio.health-path"), 200);
				assertThat(health(environment)).isZero();
				assertThat(container.json(httpPort, "/api/endpoint").path("port").asString(""))
					.isEqualTo(environment.get("CHAT_PUBLICPORT"));
				assertThat(container.toString()).doesNotContain("[warning][cds]");
				container.signal("TERM");
				assertThat(container.exitCode()).as("%s", container).isEqualTo(143);
			}
		}
	}

	private int health(Map<String, String> environment) {
		List<String> test = new ArrayList<>();
		// Two dollar signs are how Compose writes one
		NODE.at("/healthcheck/test").forEach((word) -> test.add(word.asString().replace("$$", "$")));
		assertThat(test.remove(0)).isEqualTo("CMD");
		return RecipeProcess.run(this.folder, environment, test);
	}

	/**
	 * Follow the instructions, with a folder of its own as the root of each stage.
	 */
	private Stage build() throws IOException {
		Map<String, Path> roots = new HashMap<>();
		Path root = this.folder;
		Path work = this.folder;
		List<String> entryPoint = List.of();
		for (String line : Recipes.text("compose/Dockerfile").lines().toList()) {
			List<String> words = List.of(line.split(" +"));
			switch (words.get(0)) {
				case "FROM" -> {
					String name = (words.size() == 4) ? words.get(3) : "image";
					root = Files.createDirectory(this.folder.resolve(name));
					roots.put(name, root);
				}
				case "WORKDIR" -> {
					work = Files.createDirectories(root.resolve(words.get(1).substring(1)));
				}
				case "COPY" -> copy(words, roots, work);
				case "RUN" ->
					assertThat(RecipeProcess.run(work, Map.of(), command(words.subList(1, words.size())))).as(line)
						.isZero();
				case "ENTRYPOINT" -> {
					String[] program = new JsonMapper().readValue(line.substring("ENTRYPOINT ".length()),
							String[].class);
					entryPoint = command(List.of(program));
				}
				default -> assertThat(words.get(0)).isIn("", "#", "USER", "EXPOSE");
			}
		}
		return new Stage(work, entryPoint);
	}

	private static void copy(List<String> words, Map<String, Path> roots, Path work) throws IOException {
		if (words.size() == 3) {
			assertThat(words.get(1)).isEqualTo(RecipeProcess.JAR.getFileName().toString());
			Files.copy(RecipeProcess.JAR, work.resolve(words.get(2)));
			return;
		}
		Path source = roots.get(words.get(1).substring("--from=".length())).resolve(words.get(2).substring(1));
		Path target = work.resolve(words.get(3)).normalize();
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path copy = target.resolve(source.relativize(file));
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy);
			}
		}
	}

	private static List<String> command(List<String> words) {
		List<String> command = new ArrayList<>(words);
		assertThat(command.set(0, RecipeProcess.JAVA)).isEqualTo("java");
		return command;
	}

	/**
	 * What the last instructions have left.
	 *
	 * @param folder where the image starts
	 * @param entryPoint what it starts
	 */
	private record Stage(Path folder, List<String> entryPoint) {
	}

}
