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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.socketioboot.cluster.FreePort;
import io.github.socketioboot.demo.cluster.ClusterProcess;
import io.github.socketioboot.demo.cluster.HttpConnection;
import io.github.socketioboot.interop.Prerequisite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A balancer that runs a recipe, on a port and in a folder of its own.
 */
final class Balancer implements AutoCloseable {

	private static final String LOOPBACK = "127.0.0.1";

	private static final Duration POLL = Duration.ofMillis(50);

	private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

	private final Path folder;

	private final int port;

	private final Process process;

	private Balancer(Path folder, int port, List<String> command) throws IOException {
		this.folder = folder;
		this.port = port;
		this.process = new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("output").toFile())
			.start();
		await().atMost(ClusterProcess.LIMIT).pollInterval(POLL).until(() -> {
			assertThat(this.process.isAlive()).as("balancer runs: %s", this).isTrue();
			return accepts();
		});
	}

	/**
	 * Start nginx with a recipe for its folder {@code conf.d}.
	 */
	static Balancer nginx(Recipe recipe) {
		String program = program("nginx");
		Path folder = folder();
		int port = FreePort.find();
		write(folder, "recipe.conf",
				recipe.with("listen 80;", "listen " + port + ";").with("\tlisten [::]:80;\n", "").toString());
		write(folder, "nginx.conf", """
				daemon off;
				pid nginx.pid;
				worker_processes 1;
				error_log stderr;
				events {
					worker_connections 1000;
				}
				http {
					access_log off;
					include recipe.conf;
				}
				""");
		return start(folder, port, program, "-e", "stderr", "-p", folder + "/", "-c", "nginx.conf");
	}

	/**
	 * Start HAProxy with a recipe that is its whole configuration.
	 */
	static Balancer haproxy(Recipe recipe) {
		String program = program("haproxy");
		Path folder = folder();
		int port = FreePort.find();
		write(folder, "haproxy.cfg",
				recipe.with("bind :80", "bind 127.0.0.1:" + port)
					.with("\tuser haproxy\n\tgroup haproxy\n", "")
					.with("maxconn 20000", "maxconn 400")
					.with("/run/haproxy/admin.sock", folder.resolve("admin.sock").toString())
					.with("log /dev/log local0", "log stderr local0 notice")
					.toString());
		return start(folder, port, program, "-db", "-f", "haproxy.cfg");
	}

	/**
	 * Start Apache httpd with a recipe for a site.
	 * @param recipe the site
	 * @param modules names of modules besides those that are always enabled
	 */
	static Balancer httpd(Recipe recipe, List<String> modules) {
		String program = program("apache2");
		Path folder = folder();
		int port = FreePort.find();
		write(folder, "site.conf", recipe.with("<VirtualHost *:80>", "<VirtualHost *:" + port + ">").toString());
		StringBuilder main = new StringBuilder();
		main.append("ServerRoot \"").append(folder).append("\"\n");
		main.append("DefaultRuntimeDir \"").append(folder).append("\"\n");
		main.append("PidFile httpd.pid\nErrorLog error.log\nServerName localhost\n");
		if ("root".equals(System.getProperty("user.name"))) {
			main.append("User www-data\nGroup www-data\n");
		}
		main.append("Listen ").append(LOOPBACK).append(':').append(port).append('\n');
		Stream.concat(Stream.of("mpm_event", "authz_core", "reqtimeout"), modules.stream())
			.forEach((module) -> main.append("Include /etc/apache2/mods-available/").append(module).append(".load\n"));
		main.append("Include site.conf\n");
		write(folder, "httpd.conf", main.toString());
		return start(folder, port, program, "-DFOREGROUND", "-f", folder.resolve("httpd.conf").toString());
	}

	private static Balancer start(Path folder, int port, String... command) {
		try {
			return new Balancer(folder, port, List.of(command));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Find a program. Without it the test is skipped; in CI it fails.
	 */
	private static String program(String name) {
		List<String> folders = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator)));
		folders.addAll(SYSTEM_FOLDERS);
		for (String folder : folders) {
			Path file = Path.of(folder, name);
			if (Files.isExecutable(file)) {
				return file.toString();
			}
		}
		Prerequisite.require(false, name + " is missing");
		throw new AssertionError();
	}

	private static Path folder() {
		try {
			Path folder = Files.createTempDirectory("socketio-balancer-");
			// Balancers that are started by root leave that user
			Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(Path folder, String name, String text) {
		try {
			Files.writeString(folder.resolve(name), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean accepts() {
		try (Socket socket = new Socket(LOOPBACK, this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	int port() {
		return this.port;
	}

	String url() {
		return "http://" + LOOPBACK + ":" + this.port;
	}

	/**
	 * Open a connection.
	 * @param address address of the client, on this machine
	 */
	HttpConnection connect(String address) throws IOException {
		Socket socket = new Socket();
		socket.bind(new InetSocketAddress(address, 0));
		socket.connect(new InetSocketAddress(LOOPBACK, this.port));
		return new HttpConnection(socket);
	}

	@Override
	public void close() {
		List<ProcessHandle> all = Stream.concat(this.process.descendants(), Stream.of(this.process.toHandle()))
			.toList();
		this.process.destroy();
		try {
			for (ProcessHandle one : all) {
				one.onExit().orTimeout(ClusterProcess.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
			}
		}
		finally {
			all.forEach(ProcessHandle::destroyForcibly);
			ClusterProcess.delete(this.folder);
		}
	}

	/**
	 * What it has printed, for failures.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		for (String name : List.of("output", "error.log")) {
			Path file = this.folder.resolve(name);
			try {
				text.append(Files.exists(file) ? Files.readString(file) : "");
			}
			catch (IOException ex) {
				text.append(ex);
			}
		}
		return text.toString();
	}

}
