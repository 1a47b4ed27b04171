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

package io.github.socketioboot.autoconfigure.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * An issuer of tokens, good ones and others.
 */
public final class TestTokens {

	private final RSAKey key = newKey();

	JwtDecoder decoder() {
		try {
			return NimbusJwtDecoder.withPublicKey(this.key.toRSAPublicKey()).build();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return the public keys.
	 * @return a set of keys, as JSON
	 */
	public String keys() {
		return new JWKSet(this.key).toString();
	}

	/**
	 * Sign a token that is good for an hour.
	 * @param subject who it is for
	 * @param scopes what it allows
	 * @return the token
	 */
	public String of(String subject, String... scopes) {
		return signed(this.key, claims(subject, Instant.now().plus(Duration.ofHours(1)), scopes));
	}

	String until(Instant end, String subject) {
		return signed(this.key, claims(subject, end));
	}

	String ofAnotherIssuer(String subject) {
		return signed(newKey(), claims(subject, Instant.now().plus(Duration.ofHours(1))));
	}

	/**
	 * A token whose claims were changed after it was signed.
	 */
	String tampered(String subject) {
		String[] parts = of("nobody").split("\\.");
		String claims = claims(subject, Instant.now().plus(Duration.ofHours(1))).toString();
		return parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes()) + "."
				+ parts[2];
	}

	String withoutSignature(String subject) {
		return new PlainJWT(claims(subject, Instant.now().plus(Duration.ofHours(1)))).serialize();
	}

	private static JWTClaimsSet claims(String subject, Instant end, String... scopes) {
		return new JWTClaimsSet.Builder().subject(subject)
			.issueTime(Date.from(end.minus(Duration.ofHours(2))))
			.expirationTime(Date.from(end))
			.claim("scope", String.join(" ", List.of(scopes)))
			.build();
	}

	private static String signed(RSAKey key, JWTClaimsSet claims) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
			token.sign(new RSASSASigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static RSAKey newKey() {
		try {
			return new RSAKeyGenerator(2048).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
