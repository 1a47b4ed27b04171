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

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import com.corundumstudio.socketio.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * TLS from the key store of a {@link Configuration}.
 */
final class KeyStoreTls {

	/**
	 * netty-socketio's default, which no client should be offered any more.
	 */
	private static final String OUTDATED = "TLSv1";

	private KeyStoreTls() {
	}

	static SSLContext context(Configuration configuration) {
		try {
			char[] password = password(configuration.getKeyStorePassword());
			KeyManagerFactory keys = KeyManagerFactory.getInstance(configuration.getKeyManagerFactoryAlgorithm());
			keys.init(load(configuration.getKeyStoreFormat(), configuration.getKeyStore(), password), password);
			String protocol = configuration.getSSLProtocol();
			SSLContext context = SSLContext.getInstance(OUTDATED.equals(protocol) ? "TLS" : protocol);
			context.init(keys.getKeyManagers(), trust(configuration), null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalArgumentException("The key store or trust store of the configuration cannot be used", ex);
		}
	}

	private static TrustManager @Nullable [] trust(Configuration configuration)
			throws GeneralSecurityException, IOException {
		if (configuration.getTrustStore() == null) {
			return null;
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(load(configuration.getTrustStoreFormat(), configuration.getTrustStore(),
				password(configuration.getTrustStorePassword())));
		return trust.getTrustManagers();
	}

	private static KeyStore load(String format, InputStream stream, char @Nullable [] password)
			throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance(format);
		store.load(stream, password);
		return store;
	}

	private static char @Nullable [] password(@Nullable String password) {
		return (password != null) ? password.toCharArray() : null;
	}

}
