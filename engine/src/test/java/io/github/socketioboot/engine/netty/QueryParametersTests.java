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

package io.github.socketioboot.engine.netty;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QueryParameters}.
 */
class QueryParametersTests {

	@Test
	void readsTheParametersOfEngineIo() {
		QueryParameters parameters = QueryParameters
			.parse("/socket.io/?EIO=4&transport=polling&t=Pabc&sid=_R5nKkYiuSZYHK4OAAAA&j=3&b64=1&token=x");
		assertThat(parameters).isEqualTo(new QueryParameters("4", "polling", "_R5nKkYiuSZYHK4OAAAA", "3", true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/socket.io/", "/socket.io/?", "/socket.io/?&&&", "/socket.io/?=4&=", "/socket.io/?eio=4",
			"/socket.io/?sid=&b64=", "/socket.io/?sid&b64", "/socket.io/?other=EIO=4", "", "?", "/#?EIO=4x#" })
	void meansNothingWithoutThem(String target) {
		assertThat(QueryParameters.parse(target).sid()).isNull();
		assertThat(QueryParameters.parse(target).transport()).isNull();
		assertThat(QueryParameters.parse(target).jsonpIndex()).isNull();
		assertThat(QueryParameters.parse(target).base64()).isFalse();
	}

	@Test
	void lastOneWins() {
		QueryParameters parameters = QueryParameters
			.parse("/?transport=polling&transport=websocket&sid=a&sid=&EIO=4&EIO=3");
		assertThat(parameters).isEqualTo(new QueryParameters("3", "websocket", null, null, false));
	}

	@Test
	void decodesNamesAndValues() {
		QueryParameters parameters = QueryParameters.parse("/?%73i%64=%41+%c3%A9&tr%61nsport=%70olling");
		assertThat(parameters.sid()).isEqualTo("A é");
		assertThat(parameters.transport()).isEqualTo("polling");
	}

	@ParameterizedTest
	@CsvSource({ "%, %", "%4, %4", "%zz, %zz", "%-1, %-1", "a%2, a%2", "%%41, %A", "%41%, A%" })
	void malformedEscapesStandForThemselves(String value, String expected) {
		assertThat(QueryParameters.parse("/?sid=" + value + "&EIO=4"))
			.isEqualTo(new QueryParameters("4", null, expected, null, false));
	}

	@Test
	void malformedUtf8IsReplaced() {
		assertThat(QueryParameters.parse("/?sid=%ff%fe").sid()).isEqualTo("\ufffd\ufffd");
	}

	@ParameterizedTest
	@CsvSource(value = { "j=12|12", "j=1);alert(2)//|12", "j=abc|''", "j=|''", "j=%31|1" }, delimiter = '|')
	void keepsTheDigitsOfTheJsonpIndex(String query, String expected) {
		assertThat(QueryParameters.parse("/?" + query).jsonpIndex()).isEqualTo(expected);
	}

	@Test
	void ignoresTheFragment() {
		assertThat(QueryParameters.parse("/?EIO=4#&sid=a"))
			.isEqualTo(new QueryParameters("4", null, null, null, false));
	}

	@ParameterizedTest
	@CsvSource({ "/socket.io/, true", "/socket.io/?EIO=4, true", "/socket.io/extra/path?EIO=4, true",
			"/socket.io?EIO=4, false", "/socket.io, false", "/socket.iox/, false", "/Socket.io/, false", "/, false",
			"'', false", "//socket.io/, false", "/x/socket.io/, false", "/socket%2eio/, false",
			"http://host/socket.io/, false" })
	void comparesThePathByItsRawPrefix(String target, boolean under) {
		assertThat(QueryParameters.isUnder("/socket.io", target)).isEqualTo(under);
	}

	@Test
	void emptyPathIsTheRoot() {
		assertThat(QueryParameters.isUnder("", "/?EIO=4")).isTrue();
		assertThat(QueryParameters.isUnder("", "")).isFalse();
	}

}
