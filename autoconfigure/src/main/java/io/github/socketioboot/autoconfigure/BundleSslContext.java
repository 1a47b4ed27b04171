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

package io.github.socketioboot.autoconfigure;

import java.security.SecureRandom;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

/**
 * TLS as an SSL bundle has it at the moment: when the bundle is updated, new connections
 * get the new certificate, and those there are live on. A new bundle that cannot be
 * worked with changes nothing. Thread-safe.
 */
final class BundleSslContext extends SSLContext {

	private static final Logger logger = LoggerFactory.getLogger(BundleSslContext.class);

	private BundleSslContext(Current current, SSLContext first) {
		super(current, first.getProvider(), first.getProtocol());
	}

	/**
	 * Load a bundle, and follow it.
	 * @param name name of the bundle, which must be there
	 * @param bundles the bundles
	 * @return the context
	 * @throws IllegalStateException if it cannot be loaded
	 */
	static SSLContext of(String name, SslBundles bundles) {
		SslBundle bundle = bundles.getBundle(name);
		SSLContext first = bundle.createSslContext();
		Current current = new Current(first, bundle.getOptions());
		bundles.addBundleUpdateHandler(name, (updated) -> current.update(name, updated));
		return new BundleSslContext(current, first);
	}

	/**
	 * What connections get from now on. Thread-safe.
	 */
	private static final class Current extends SSLContextSpi {

		private volatile Loaded loaded;

		Current(SSLContext context, SslOptions options) {
			this.loaded = new Loaded(context, options);
		}

		// Boot's watcher of files calls this, and does not say which bundle has failed
		void update(String name, SslBundle bundle) {
			try {
				SSLContext context = bundle.createSslContext();
				KeyPairs.check(bundle);
				this.loaded = new Loaded(context, bundle.getOptions());
				logger.info("SSL bundle '{}' has changed: new connections get its new certificate", name);
			}
			catch (RuntimeException ex) {
				logger.warn("SSL bundle '{}' has changed and cannot be used, new connections get the certificate "
						+ "from before: {}", name, rootMessage(ex));
			}
		}

		private static String rootMessage(Throwable failure) {
			Throwable root = failure;
			while (root.getCause() != null) {
				root = root.getCause();
			}
			return String.valueOf(root.getMessage());
		}

		@Override
		protected SSLEngine engineCreateSSLEngine() {
			return this.loaded.createEngine();
		}

		@Override
		protected SSLEngine engineCreateSSLEngine(String host, int port) {
			return this.loaded.context().createSSLEngine(host, port);
		}

		@Override
		protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
			throw new IllegalStateException("The SSL bundle has initialised it");
		}

		@Override
		protected SSLSocketFactory engineGetSocketFactory() {
			return this.loaded.context().getSocketFactory();
		}

		@Override
		protected SSLServerSocketFactory engineGetServerSocketFactory() {
			return this.loaded.context().getServerSocketFactory();
		}

		@Override
		protected SSLSessionContext engineGetServerSessionContext() {
			return this.loaded.context().getServerSessionContext();
		}

		@Override
		protected SSLSessionContext engineGetClientSessionContext() {
			return this.loaded.context().getClientSessionContext();
		}

		@Override
		protected SSLParameters engineGetDefaultSSLParameters() {
			return this.loaded.context().getDefaultSSLParameters();
		}

		@Override
		protected SSLParameters engineGetSupportedSSLParameters() {
			return this.loaded.context().getSupportedSSLParameters();
		}

	}

	/**
	 * One state of the bundle.
	 *
	 * @param context its context
	 * @param options its ciphers and protocols
	 */
	private record Loaded(SSLContext context, SslOptions options) {

		SSLEngine createEngine() {
			SSLEngine engine = this.context.createSSLEngine();
			String[] ciphers = this.options.getCiphers();
			if (ciphers != null) {
				engine.setEnabledCipherSuites(ciphers);
			}
			String[] protocols = this.options.getEnabledProtocols();
			if (protocols != null) {
				engine.setEnabledProtocols(protocols);
			}
			return engine;
		}

	}

}
