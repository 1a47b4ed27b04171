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

import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.io.ResourceLoader;

/**
 * The SSL bundles of a process that has no context: those in the configuration.
 */
final class ConfiguredSslBundles {

	private ConfiguredSslBundles() {
	}

	/**
	 * Read the bundles.
	 * @param binder reads the configuration
	 * @return the bundles, whose stores are loaded when they are used
	 */
	static SslBundles of(Binder binder) {
		ResourceLoader resources = ApplicationResourceLoader.get();
		DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();
		SslProperties.Bundles bundles = binder.bind("spring.ssl", SslProperties.class)
			.orElseGet(SslProperties::new)
			.getBundle();
		bundles.getPem()
			.forEach((name, properties) -> registry.registerBundle(name,
					PropertiesSslBundle.get(properties, resources)));
		bundles.getJks()
			.forEach((name, properties) -> registry.registerBundle(name,
					PropertiesSslBundle.get(properties, resources)));
		return registry;
	}

}
