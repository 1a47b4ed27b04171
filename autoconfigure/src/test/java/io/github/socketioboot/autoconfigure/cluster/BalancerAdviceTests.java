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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.socketioboot.autoconfigure.SocketIoProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class BalancerAdviceTests {

	@Test
	void aSingleProcessIsLeftAlone() {
		assertThat(advice(Map.of())).isEmpty();
		assertThat(advice(Map.of("ping-interval", "5m"))).isEmpty();
		assertThat(advice(Map.of("cluster.instances", "4"))).isEmpty();
	}

	@Test
	void pollingOverSeveralServersNeedsAffinity() {
		assertThat(advice(Map.of("cluster.adapter", "redis"))).singleElement()
			.asString()
			.contains("'socketio.balancer.affinity'", "'socketio.cookie.name'", "'socketio.transports=websocket'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cookie.name=io", "balancer.affinity=address", "transports=websocket" })
	void whateverGivesAffinityEndsTheWarning(String property) {
		String[] parts = property.split("=");
		assertThat(advice(Map.of("cluster.adapter", "redis", parts[0], parts[1]))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster.adapter=redis", "trusted-proxies=10.0.0.0/8", "balancer.affinity=cookie",
			"cluster.local.worker-port=9100" })
	void heartbeatsMustBeQuickerThanABalancerGivesUp(String property) {
		String[] parts = property.split("=");
		Map<String, String> slow = Map.of(parts[0], parts[1], "cookie.name", "io", "ping-interval", "50s");
		assertThat(advice(slow)).singleElement().asString().contains("70000ms", "'socketio.balancer.read-timeout'");
		Map<String, String> told = Map.of(parts[0], parts[1], "cookie.name", "io", "ping-interval", "50s",
				"balancer.read-timeout", "120s");
		assertThat(advice(told)).isEmpty();
	}

	@Test
	void routingByAHeaderThatTheApplicationDoesNotSeeIsTold() {
		Map<String, String> routing = Map.of("cluster.instances", "2", "cluster.routing", "forwarded-for",
				"trusted-proxies", "10.0.0.0/8");
		assertThat(advice(routing)).singleElement()
			.asString()
			.contains("'socketio.cluster.routing=forwarded-for'", "'socketio.forwarded-headers'", "X-Forwarded-For");
		for (String header : List.of("x-forwarded", "forwarded")) {
			Map<String, String> seen = new HashMap<>(routing);
			seen.put("forwarded-headers", header);
			assertThat(advice(seen)).isEmpty();
		}
	}

	@Test
	void routingByAHeaderThatNobodyIsBelievedInIsTold() {
		assertThat(advice(Map.of("cluster.instances", "2", "cluster.routing", "forwarded-for"))).singleElement()
			.asString()
			.contains("'socketio.cluster.routing=forwarded-for'", "'socketio.trusted-proxies'");
	}

	private static List<String> advice(Map<String, String> values) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((name, value) -> source.put("socketio." + name, value));
		return BalancerAdvice.of(new Binder(source).bindOrCreate("socketio", SocketIoProperties.class));
	}

}
