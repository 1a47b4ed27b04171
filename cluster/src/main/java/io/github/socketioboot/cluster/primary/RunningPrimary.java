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

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.socketioboot.cluster.link.HostStatus;
import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame;
import io.github.socketioboot.cluster.link.LinkServer;
import io.github.socketioboot.cluster.link.WorkerIdentity;
import io.github.socketioboot.cluster.primary.Primary.Commands;
import io.github.socketioboot.cluster.primary.PrimaryConfig.HandOff;
import io.github.socketioboot.cluster.primary.proxy.Upstreams;
import io.github.socketioboot.cluster.supervisor.ReloadStatus;
import io.github.socketioboot.cluster.supervisor.Supervisor;
import io.github.socketioboot.cluster.supervisor.SupervisorListener;
import io.github.socketioboot.cluster.supervisor.SupervisorStatus;
import io.github.socketioboot.cluster.supervisor.WorkerCommand;
import io.github.socketioboot.cluster.supervisor.WorkerControl;
import io.github.socketioboot.cluster.supervisor.WorkerStatus;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A primary between its start and its end: puts the parts together and passes on between
 * the supervisor's thread and the loop. Thread-safe.
 */
final class RunningPrimary implements WorkerLinks.Events, SupervisorListener, WorkerControl {

	private static final Logger logger = LoggerFactory.getLogger(Primary.class);

	private static final int TOKEN_BYTES = 32;

	private static final int HOST_ID_BYTES = 4;

	private final Commands commands;

	private final CompletableFuture<Integer> failed;

	private final PrivateDirectory directory;

	private final Reservations reservations;

	private final PrimaryLoops loops = new PrimaryLoops();

	private final EventLoop loop = this.loops.main();

	private final String token;

	private final String hostId;

	private final WorkerTable workers;

	private final Supervisor supervisor;

	private final LinkServer linkServer;

	private final PublicPorts ports;

	private final Dispatcher dispatcher;

	private final WorkerLinks links;

	private final Heartbeats heartbeats;

	private final HostStatusPublisher publisher;

	private final HostCommands hostCommands;

	private final AtomicBoolean ending = new AtomicBoolean();

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	/** Event loop only. */
	private boolean draining;

	/** Event loop only. */
	private boolean listening;

	/** Event loop only. */
	private boolean stopping;

	/**
	 * Put the parts together. Nothing is visible to others yet, except that the ports
	 * cannot be taken.
	 * @param config settings
	 * @param commands how a worker is started
	 * @param directory the private folder
	 * @param reservations the public ports
	 * @param failed completed with an exit code when no worker can be kept running
	 */
	RunningPrimary(PrimaryConfig config, Commands commands, PrivateDirectory directory, Reservations reservations,
			CompletableFuture<Integer> failed) {
		this.commands = commands;
		this.directory = directory;
		this.reservations = reservations;
		this.failed = failed;
		SecureRandom random = new SecureRandom();
		this.token = hex(random, TOKEN_BYTES);
		this.hostId = hex(random, HOST_ID_BYTES);
		this.workers = new WorkerTable(random);
		this.supervisor = new Supervisor(config.supervisor(), this::command, this, this);
		boolean descriptors = isHandingOver(config);
		LinkFrame.Welcome welcome = new LinkFrame.Welcome(reservations.socketIo().host().getHostAddress(),
				reservations.socketIo().port(), descriptors);
		Router router = new Router(this.workers, config.loadBalancing(), random, System::nanoTime);
		RoutingKey keys = new RoutingKey(config.routing(), config.forwarding());
		HealthPath health = new HealthPath(config.healthPath());
		this.dispatcher = new Dispatcher(router, keys, new WaitingConnections(this.loop, config.workerTimeout()),
				health);
		FrontDoor door = new FrontDoor(this.loop, config.maxHeadSize(), config.headTimeout(), config.forwarding(),
				keys.header(), this.dispatcher::dispatch);
		this.links = new WorkerLinks(this.loop, this.workers, door, this.dispatcher, new Relay(this.loop, this), this);
		this.linkServer = new LinkServer(WorkerIdentity.linkSocket(directory.path()), this.token, welcome, this.loop,
				config.link(), this.links);
		this.heartbeats = new Heartbeats(this.loop, this.links, this, config.heartbeatInterval(),
				config.heartbeatTimeout());
		this.publisher = new HostStatusPublisher(this.loop, this.workers,
				new HostStatus(ProcessHandle.current().pid(), 0, welcome.host(), welcome.port(),
						config.supervisor().instances(), false, descriptors, List.of(), ReloadStatus.NONE),
				new SupervisorStatus(config.supervisor().instances(), List.of(), ReloadStatus.NONE),
				this.supervisor::memory, new ResidentSize());
		this.hostCommands = new HostCommands(this.supervisor, this::drainHost);
		this.ports = new PublicPorts(this.loops, config);
		addPorts(config, descriptors, door, new SessionUpstreams(router, keys, health));
	}

	/**
	 * Return whether connections are handed over by descriptor.
	 * @param config settings
	 * @return {@code true} if so, {@code false} if their requests are proxied
	 */
	static boolean isHandingOver(PrimaryConfig config) {
		return config.handOff() != HandOff.PROXY && config.ssl() == null && Epoll.isAvailable();
	}

	private static String hex(SecureRandom random, int bytes) {
		byte[] value = new byte[bytes];
		random.nextBytes(value);
		return HexFormat.of().formatHex(value);
	}

	private void addPorts(PrimaryConfig config, boolean descriptors, FrontDoor door, Upstreams upstreams) {
		if (descriptors) {
			this.ports.addHandingOver(this.reservations.socketIo(), door);
		}
		else {
			this.ports.addProxied(this.reservations.socketIo(), upstreams);
		}
		if (config.http() != null && this.reservations.http() != null) {
			this.ports.addWeb(this.reservations.http(), config.http(), this.workers, LinkFrame.Ready::httpPort);
		}
		if (config.management() != null && this.reservations.management() != null) {
			this.ports.addWeb(this.reservations.management(), config.management(), this.workers,
					LinkFrame.Ready::managementPort);
		}
	}

	/**
	 * Start the workers.
	 * @return completed when they are being started
	 */
	CompletionStage<@Nullable Void> start() {
		return this.linkServer.start().thenRun(() -> {
			this.loop.execute(this.heartbeats::start);
			this.supervisor.start();
		}).thenApply((done) -> null);
	}

	void reload() {
		this.supervisor.reload();
	}

	/**
	 * End in order.
	 * @return completed when nothing is left
	 */
	CompletionStage<@Nullable Void> stop() {
		onLoop(() -> {
			if (!this.stopping) {
				this.stopping = true;
				this.ports.drain();
				this.dispatcher.stop();
				this.supervisor.stop().whenComplete((done, failure) -> end());
			}
		});
		return this.ended.copy();
	}

	/**
	 * End at once.
	 */
	void kill() {
		this.supervisor.kill();
		end();
		// The process may be gone before a loop has done anything
		this.directory.remove();
	}

	/**
	 * Remove all that is left when the workers have ended, or where there are none.
	 */
	void end() {
		if (!this.ending.compareAndSet(false, true)) {
			return;
		}
		this.loop.execute(() -> {
			this.stopping = true;
			this.heartbeats.stop();
			this.dispatcher.stop();
			this.ports.close();
			Set.copyOf(this.links.open()).forEach((link) -> link.link().close());
			this.linkServer.stop().whenComplete((done, failure) -> this.loops.shutdown().addListener((terminated) -> {
				this.directory.remove();
				this.ended.complete(null);
			}));
		});
	}

	private void drainHost() {
		if (!this.draining) {
			this.draining = true;
			logger.info("The host takes no more sessions");
			this.publisher.draining();
			this.links.open().forEach((link) -> link.link().send(new LinkFrame.Drain(true)));
		}
	}

	private WorkerCommand command(int index, int number) {
		WorkerEntry worker = this.workers.add(index, number);
		return this.commands.create(
				new WorkerIdentity(this.directory.path(), this.token, this.hostId, index, number, worker.sidPrefix()));
	}

	// Called on the loop

	@Override
	public boolean isWorker(int number, long pid) {
		return this.supervisor.isWorker(number, pid);
	}

	@Override
	public void onOpened(Link link) {
		this.publisher.tell(link);
	}

	@Override
	public void onReady(WorkerEntry worker) {
		Link link = worker.link();
		if (this.draining && link != null) {
			link.send(new LinkFrame.Drain(true));
		}
		// Others may be asked for its sessions as soon as it has one
		this.publisher.publishNow();
		this.supervisor.workerReady(worker.number());
		if (this.stopping) {
			return;
		}
		this.ports.open().whenComplete((opened, failure) -> {
			if (failure != null) {
				logger.error("A public port was lost before it could be used", failure);
				this.failed.complete(1);
			}
			else if (!this.listening) {
				this.listening = true;
				logger.info("Workers serve Socket.IO on port {}", this.reservations.socketIo().port());
			}
		});
		this.dispatcher.resume();
		this.ports.onWorker();
	}

	@Override
	public void onReport() {
		this.publisher.onReport();
	}

	@Override
	public void onCommand(Link link, LinkFrame.Command command) {
		this.hostCommands.run(link, command);
	}

	@Override
	public void onClosed() {
		this.publisher.publishNow();
	}

	@Override
	public void failed(int number, String reason) {
		this.supervisor.workerFailed(number, reason);
	}

	// Called on the supervisor's thread

	@Override
	public void onChange(SupervisorStatus status) {
		onLoop(() -> {
			forget(status);
			this.publisher.status(status);
		});
	}

	// Numbers grow: what is younger than all in the status is not in it yet
	private void forget(SupervisorStatus status) {
		int last = status.workers().stream().mapToInt(WorkerStatus::number).max().orElse(0);
		for (WorkerEntry worker : this.workers.all()) {
			if (worker.number() < last && worker.link() == null
					&& status.workers().stream().noneMatch((known) -> known.number() == worker.number())) {
				this.workers.remove(worker.number());
			}
		}
	}

	@Override
	public void onExit(int number) {
		onLoop(() -> this.workers.remove(number));
	}

	@Override
	public void onAllErrored() {
		this.failed.complete(1);
	}

	@Override
	public void drain(int number) {
		Link link = takeNothingNew(number);
		if (link != null) {
			link.send(new LinkFrame.Drain(false));
		}
	}

	@Override
	public boolean stop(int number) {
		Link link = takeNothingNew(number);
		return link != null && link.send(new LinkFrame.Stop());
	}

	private @Nullable Link takeNothingNew(int number) {
		WorkerEntry worker = this.workers.get(number);
		if (worker == null) {
			return null;
		}
		worker.drain();
		this.workers.refresh();
		return worker.link();
	}

	private void onLoop(Runnable task) {
		try {
			this.loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			// Has ended: nobody is left who wants to know
		}
	}

}
