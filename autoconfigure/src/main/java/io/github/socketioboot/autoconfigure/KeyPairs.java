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

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Collections;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;

/**
 * Finds out whether the private keys of a bundle belong to its certificates: of two files
 * that are renewed one after the other, one may be of before.
 */
final class KeyPairs {

	private static final byte[] PROBE = { 's', 'i', 'o' };

	private KeyPairs() {
	}

	/**
	 * Check a bundle.
	 * @param bundle the bundle
	 * @throws IllegalStateException if it has a key without its certificate, or none
	 */
	static void check(SslBundle bundle) {
		try {
			KeyStore store = bundle.getStores().getKeyStore();
			if (store == null) {
				throw new IllegalStateException("It has no key store");
			}
			int keys = 0;
			for (String alias : Collections.list(store.aliases())) {
				if (store.isKeyEntry(alias)) {
					check(alias, key(store, alias, bundle), store.getCertificate(alias));
					keys++;
				}
			}
			if (keys == 0) {
				throw new IllegalStateException("It has no private key");
			}
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable Key key(KeyStore store, String alias, SslBundle bundle) throws GeneralSecurityException {
		SslBundleKey key = bundle.getKey();
		String password = (key.getPassword() != null) ? key.getPassword() : bundle.getStores().getKeyStorePassword();
		return store.getKey(alias, (password != null) ? password.toCharArray() : null);
	}

	private static void check(String alias, @Nullable Key key, @Nullable Certificate certificate)
			throws GeneralSecurityException {
		String algorithm = (key != null) ? signature(key.getAlgorithm()) : null;
		if (algorithm == null || !(key instanceof PrivateKey privateKey) || certificate == null) {
			return;
		}
		PublicKey publicKey = certificate.getPublicKey();
		if (!key.getAlgorithm().equals(publicKey.getAlgorithm()) || !verifies(algorithm, privateKey, publicKey)) {
			throw new IllegalStateException("The private key of '" + alias + "' does not belong to its certificate");
		}
	}

	private static boolean verifies(String algorithm, PrivateKey privateKey, PublicKey publicKey)
			throws GeneralSecurityException {
		Signature signature = Signature.getInstance(algorithm);
		signature.initSign(privateKey);
		signature.update(PROBE);
		byte[] signed = signature.sign();
		signature.initVerify(publicKey);
		signature.update(PROBE);
		return signature.verify(signed);
	}

	// Others are left to the handshake
	private static @Nullable String signature(String algorithm) {
		return switch (algorithm) {
			case "RSA" -> "SHA256withRSA";
			case "EC" -> "SHA256withECDSA";
			case "EdDSA" -> "EdDSA";
			default -> null;
		};
	}

}
