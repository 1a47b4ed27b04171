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

package io.github.socketioboot.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.socketioboot.benchmarks.peer.PeerKind;
import io.netty.channel.epoll.Epoll;
import io.netty.util.Version;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of a load run as a table and as JSON. Immutable.
 *
 * @since 0.1.0
 */
public final class LoadReport {

	private final LoadOptions options;

	private final List<Figure> figures;

	/**
	 * Creates a report.
	 * @param options the run's options
	 * @param figures the run's figures
	 */
	public LoadReport(LoadOptions options, List<Figure> figures) {
		this.options = options;
		this.figures = List.copyOf(figures);
	}

	/**
	 * Returns a table with a line for each scenario: the medians, and the ratios between
	 * servers.
	 * @return a table in the form of Markdown
	 */
	public String toMarkdown() {
		StringBuilder table = new StringBuilder();
		StringBuilder rule = new StringBuilder("| --- | --- |");
		table.append("| Scenario | Unit |");
		for (PeerKind peer : this.options.peers()) {
			table.append(' ').append(peer.label()).append(" |");
			rule.append(" ---: |");
		}
		for (PeerKind peer : this.options.peers()) {
			for (PeerKind base : this.options.peers()) {
				if (isRatio(peer, base)) {
					table.append(' ').append(peer.label()).append(" ÷ ").append(base.label()).append(" |");
					rule.append(" ---: |");
				}
			}
		}
		table.append('\n').append(rule).append('\n');
		this.options.scenarios().forEach((scenario) -> appendLine(table, scenario));
		return table.append('\n').append(conditions()).append('\n').toString();
	}

	private void appendLine(StringBuilder table, Scenario scenario) {
		String unit = (scenario != Scenario.IDLE) ? "µs CPU per " : "KiB heap per ";
		table.append("| ")
			.append(scenario.label())
			.append(" | ")
			.append(unit)
			.append(scenario.operation())
			.append(" |");
		for (PeerKind peer : this.options.peers()) {
			table.append(' ')
				.append(figure(scenario, peer).map((figure) -> format(figure.median())).orElse(""))
				.append(" |");
		}
		for (PeerKind peer : this.options.peers()) {
			for (PeerKind base : this.options.peers()) {
				if (isRatio(peer, base)) {
					table.append(' ').append(ratio(scenario, peer, base)).append(" |");
				}
			}
		}
		table.append('\n');
	}

	// each server against those that stand before it in the order of kinds
	private static boolean isRatio(PeerKind peer, PeerKind base) {
		return peer.ordinal() > base.ordinal();
	}

	private String ratio(Scenario scenario, PeerKind peer, PeerKind base) {
		return figure(scenario, peer)
			.flatMap((figure) -> figure(scenario, base).map((other) -> format(figure.median() / other.median())))
			.orElse("");
	}

	private Optional<Figure> figure(Scenario scenario, PeerKind peer) {
		return this.figures.stream()
			.filter((figure) -> figure.scenario() == scenario && figure.peer() == peer)
			.findFirst();
	}

	private static String format(double value) {
		return String.format(Locale.ROOT, "%.2f", value);
	}

	private String conditions() {
		String netty = Optional.ofNullable(Version.identify().get("netty-common"))
			.map(Version::artifactVersion)
			.orElse("?");
		return "Median of %d rounds, %d event loops, %s; Java %s, Netty %s, %s, %d processors.".formatted(
				this.options.rounds(), this.options.eventLoops(), String.join(" ", this.options.jvmOptions()),
				System.getProperty("java.version"), netty, Epoll.isAvailable() ? "epoll" : "NIO",
				Runtime.getRuntime().availableProcessors());
	}

	/**
	 * Returns every value of every round.
	 * @return a JSON document
	 */
	public String toJson() {
		JsonMapper mapper = JsonMapper.builder().build();
		ObjectNode report = mapper.createObjectNode();
		report.put("conditions", conditions());
		ArrayNode list = report.putArray("figures");
		for (Figure figure : this.figures) {
			ObjectNode node = list.addObject();
			node.put("scenario", figure.scenario().label());
			node.put("peer", figure.peer().label());
			node.put("median", figure.median());
			node.put("operations", figure.operations());
			figure.values().forEach(node.putArray("values")::add);
		}
		return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report);
	}

}
