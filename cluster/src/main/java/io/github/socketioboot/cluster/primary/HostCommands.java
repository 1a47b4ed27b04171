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

import io.github.socketioboot.cluster.link.Link;
import io.github.socketioboot.cluster.link.LinkFrame.Command;
import io.github.socketioboot.cluster.link.LinkFrame.CommandResult;
import io.github.socketioboot.cluster.supervisor.Supervisor;

/**
 * Does what workers ask the primary for. Event loop only.
 */
final class HostCommands {

	/**
	 * Most workers that can be asked for.
	 */
	static final int MAX_INSTANCES = 1024;

	private final Supervisor supervisor;

	private final Runnable drain;

	/**
	 * Create commands.
	 * @param supervisor the supervisor
	 * @param drain lets the host take no more sessions
	 */
	HostCommands(Supervisor supervisor, Runnable drain) {
		this.supervisor = supervisor;
		this.drain = drain;
	}

	/**
	 * Do what a worker asks for, and answer.
	 * @param link link of the worker
	 * @param command what it asks for
	 */
	void run(Link link, Command command) {
		int argument = command.argument();
		switch (command.action()) {
			case RELOAD -> this.supervisor.reload().whenComplete((id, failure) -> {
				if (failure == null) {
					link.send(new CommandResult(command.id(), true, id, ""));
				}
				else {
					refuse(link, command, String.valueOf(failure.getMessage()));
				}
			});
			case SCALE -> {
				if (argument < 1 || argument > MAX_INSTANCES) {
					refuse(link, command, "instances: " + argument + " (expected: 1 to " + MAX_INSTANCES + ")");
					return;
				}
				this.supervisor.scale(argument);
				link.send(new CommandResult(command.id(), true, argument, ""));
			}
			case RESTART -> this.supervisor.restart(argument).whenComplete((found, failure) -> {
				if (failure == null && found) {
					link.send(new CommandResult(command.id(), true, argument, ""));
				}
				else {
					refuse(link, command, (failure != null) ? String.valueOf(failure.getMessage())
							: "there is no worker with index " + argument);
				}
			});
			case DRAIN -> {
				this.drain.run();
				link.send(new CommandResult(command.id(), true, 0, ""));
			}
		}
	}

	private static void refuse(Link link, Command command, String text) {
		link.send(new CommandResult(command.id(), false, 0, text));
	}

}
