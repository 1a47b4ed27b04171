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

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;

/**
 * The SSL bundles of a process that has no context: those in the configuration.
 */
final class ConfiguredSslBundles {

	private ConfiguredSslBundles() {
	}

	/**
	 * Read the bundles.
	 * @param environment the configuration
	 * @param used name of the bundle that will be used, or {@code null} for none
	 * @return the bundles, whose stores are loaded when they are used; files of a bundle
	 * that wants to be reloaded are watched until the process ends
	 */
	static SslBundles of(ConfigurableEnvironment environment, @Nullable String used) {
		SslProperties.Bundles bundles = Binder.get(environment)
			.bind("spring.ssl", SslProperties.class)
			.orElseGet(SslProperties::new)
			.getBundle();
		boolean reloaded = Stream.of(bundles.getPem(), bundles.getJks())
			.flatMap((byName) -> byName.entrySet().stream())
			.anyMatch((bundle) -> bundle.getKey().equals(used) && bundle.getValue().isReloadOnUpdate());
		return reloaded ? watched(environment) : fixed(bundles);
	}

	// Boot's watcher of files is not public, and a context with nothing else in it is
	// small. Most primaries do without one
	@SuppressWarnings("resource")
	private static SslBundles watched(ConfigurableEnvironment environment) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.setEnvironment(environment);
		context.register(SslAutoConfiguration.class);
		context.refresh();
		return context.getBean(SslBundles.class);
	}

	private static SslBundles fixed(SslProperties.Bundles bundles) {
		ResourceLoader resources = ApplicationResourceLoader.get();
		DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();
		bundles.getPem()
			.forEach((name, properties) -> registry.registerBundle(name,
					PropertiesSslBundle.get(properties, resources)));
		bundles.getJks()
			.forEach((name, properties) -> registry.registerBundle(name,
					PropertiesSslBundle.get(properties, resources)));
		return registry;
	}

}
