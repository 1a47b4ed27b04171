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

package io.github.socketioboot.engine.bridge;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.store.MemoryPubSubStore;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import com.corundumstudio.socketio.store.pubsub.PubSubListener;
import com.corundumstudio.socketio.store.pubsub.PubSubMessage;
import com.corundumstudio.socketio.store.pubsub.PubSubStore;
import com.corundumstudio.socketio.store.pubsub.PubSubType;
import io.github.socketioboot.engine.adapter.AdapterNamespace;
import io.github.socketioboot.engine.adapter.BroadcastOptions;
import io.github.socketioboot.engine.adapter.BroadcastPacket;
import io.github.socketioboot.engine.adapter.InMemoryAdapter;
import io.github.socketioboot.engine.bridge.Wire.AttackedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Weakness of netty-socketio's own wire with several nodes: two servers in this process,
 * joined by a bus in memory.
 */
class StockClusterWeaknessesIntegrationTests {

	@AfterAll
	static void awaitStopped() throws InterruptedException {
		Wire.awaitStopped();
	}

	@ParameterizedTest
	@EnumSource
	void clientOfAnotherNodeIsNotExcluded(Wire wire) {
		List<SocketIOServer> nodes = wire.isVulnerable() ? stockNodes() : engineNodes();
		try (AttackedServer sender = new AttackedServer(nodes.get(0), wire.start(nodes.get(0)));
				AttackedServer receiver = new AttackedServer(nodes.get(1), wire.start(nodes.get(1)));
				RawPeer excluded = receiver.join()) {
			await().until(() -> receiver.server().getAllClients().size() == 1);
			SocketIOClient client = receiver.server().getAllClients().iterator().next();
			try (RawPeer other = receiver.join()) {
				await().until(() -> receiver.server().getAllClients().size() == 2);
				sender.server().getBroadcastOperations().sendEvent("news", client, 1);
				client.sendEvent("end");

				assertThat(other.nextText()).isEqualTo("42[\"news\",1]");
				assertThat(excluded.nextText().startsWith("42[\"news\"")).isEqualTo(wire.isVulnerable());
			}
		}
	}

	private static List<SocketIOServer> stockNodes() {
		List<BusStoreFactory> bus = new CopyOnWriteArrayList<>();
		return List.of(new SocketIOServer(stockNode(bus)), new SocketIOServer(stockNode(bus)));
	}

	private static Configuration stockNode(List<BusStoreFactory> bus) {
		Configuration configuration = new Configuration();
		configuration.setHostname("127.0.0.1");
		configuration.setPort(0);
		configuration.setBossThreads(1);
		configuration.setWorkerThreads(1);
		configuration.setStoreFactory(new BusStoreFactory(bus));
		return configuration;
	}

	private static List<SocketIOServer> engineNodes() {
		List<BusAdapter> bus = new CopyOnWriteArrayList<>();
		return List.of(engineNode(bus), engineNode(bus));
	}

	private static SocketIOServer engineNode(List<BusAdapter> bus) {
		Configuration configuration = stockNode(new CopyOnWriteArrayList<>());
		return EngineSocketIOServer.builder()
			.server(ConfigurationMapping.toServerConfig(configuration))
			.adapters((namespace) -> new BusAdapter(namespace, bus))
			.build();
	}

	/**
	 * Passes broadcasts to the other node's adapter, options included.
	 */
	private static final class BusAdapter extends InMemoryAdapter {

		private final List<BusAdapter> bus;

		BusAdapter(AdapterNamespace namespace, List<BusAdapter> bus) {
			super(namespace);
			this.bus = bus;
			this.bus.add(this);
		}

		@Override
		public void broadcast(BroadcastPacket packet, BroadcastOptions options) {
			this.bus.forEach((node) -> node.deliver(packet, options));
		}

		private void deliver(BroadcastPacket packet, BroadcastOptions options) {
			super.broadcast(packet, options);
		}

	}

	/**
	 * Passes netty-socketio's messages to the other node's listeners.
	 */
	private static final class BusStoreFactory extends MemoryStoreFactory {

		private final List<BusStoreFactory> bus;

		private final Map<PubSubType, PubSubListener<PubSubMessage>> listeners = new EnumMap<>(PubSubType.class);

		private final PubSubStore store = new Store();

		BusStoreFactory(List<BusStoreFactory> bus) {
			this.bus = bus;
			this.bus.add(this);
		}

		@Override
		public PubSubStore pubSubStore() {
			return this.store;
		}

		private final class Store extends MemoryPubSubStore {

			@Override
			public void publish(PubSubType type, PubSubMessage message) {
				for (BusStoreFactory node : BusStoreFactory.this.bus) {
					if (node != BusStoreFactory.this && node.listeners.containsKey(type)) {
						node.listeners.get(type).onMessage(message);
					}
				}
			}

			@Override
			@SuppressWarnings("unchecked")
			public <T extends PubSubMessage> void subscribe(PubSubType type, PubSubListener<T> listener,
					Class<T> messageType) {
				BusStoreFactory.this.listeners.put(type, (PubSubListener<PubSubMessage>) listener);
			}

		}

	}

}
