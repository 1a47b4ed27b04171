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

package io.github.socketioboot.autoconfigure.admin;

import com.corundumstudio.socketio.SocketIOServer;
import io.github.socketioboot.autoconfigure.InvalidPropertyException;
import io.github.socketioboot.autoconfigure.SocketIoAutoConfiguration;
import io.github.socketioboot.engine.bridge.EngineSocketIOServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketIoAdminAutoConfiguration}.
 */
class SocketIoAdminAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketIoAutoConfiguration.class, SocketIoAdminAutoConfiguration.class))
		.withPropertyValues("socketio.port=0", "socketio.host=127.0.0.1", "server.shutdown=immediate");

	private final ApplicationContextRunner enabled = this.runner.withPropertyValues("socketio.admin.enabled=true",
			"socketio.admin.username=admin", "socketio.admin.password=" + AdminUiIntegrationTests.HASH);

	@Test
	void nothingIsThereUnlessAskedFor() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(AdminUi.class);
			assertThat(context.getBean(EngineSocketIOServer.class).engine().find("/admin")).isNull();
		});
	}

	@Test
	void namespaceIsThereAndNoneOfTheApplication() {
		this.enabled.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(AdminUi.class).doesNotHaveBean(AdminEvents.class);
			EngineSocketIOServer server = context.getBean(EngineSocketIOServer.class);
			assertThat(server.engine().find("/admin")).isNotNull();
			assertThat(server.getAllNamespaces()).hasSize(1);
		});
	}

	@Test
	void eventsAreObservedInDevelopmentOnly() {
		this.enabled.withPropertyValues("socketio.admin.mode=development")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(AdminEvents.class));
	}

	@Test
	void serverOfTheApplicationThatIsNotTheEngineHasNone() {
		this.enabled
			.withBean(SocketIOServer.class, () -> Mockito.mock(SocketIOServer.class, Mockito.RETURNS_DEEP_STUBS))
			.run((context) -> assertThat(context).doesNotHaveBean(AdminUi.class));
	}

	@ParameterizedTest
	@CsvSource({ "socketio.admin.username,''", "socketio.admin.password,''", "socketio.admin.password,changeit",
			"socketio.admin.password,$2a$31$......................................................",
			"socketio.admin.session-lifetime,0s", "socketio.admin.namespace,admin", "socketio.admin.namespace,/" })
	void badValuesStopTheStart(String property, String value) {
		this.enabled.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidPropertyException.class, (failure) -> {
					assertThat(failure.getProperty()).isEqualTo(property);
					assertThat(failure.getRemedy()).contains(property);
					assertThat(failure.getMessage()).doesNotContain("changeit");
				}));
	}

	@Test
	void missingCredentialsStopTheStart() {
		this.runner.withPropertyValues("socketio.admin.enabled=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidPropertyException.class,
						(failure) -> assertThat(failure.getRemedy()).contains("'socketio.admin.auth'")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void bcryptIsNeededForCredentialsOnly(boolean auth) {
		this.enabled.withPropertyValues("socketio.admin.auth=" + auth)
			.withClassLoader(new FilteredClassLoader("org.springframework.security.crypto"))
			.run((context) -> {
				if (!auth) {
					assertThat(context).hasNotFailed();
					return;
				}
				assertThat(context).getFailure()
					.rootCause()
					.isInstanceOfSatisfying(InvalidPropertyException.class,
							(failure) -> assertThat(failure.getRemedy()).contains("spring-security-crypto"));
			});
	}

	@Test
	void namespaceOfTheApplicationStopsTheStart() {
		this.enabled.withPropertyValues("socketio.namespaces=/,/admin")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("socketio.admin.namespace"));
		this.enabled.withUserConfiguration(OwnNamespace.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("socketio.admin.namespace"));
	}

	/**
	 * Adds the namespace as handlers do.
	 */
	static class OwnNamespace {

		OwnNamespace(SocketIOServer server) {
			server.addNamespace("/admin");
		}

	}

}
