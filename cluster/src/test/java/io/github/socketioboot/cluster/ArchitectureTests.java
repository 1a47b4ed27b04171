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

package io.github.socketioboot.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.netty.channel.ChannelHandler;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Holds the cluster to its architecture.
 */
@AnalyzeClasses(packages = "io.github.socketioboot.cluster", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String CLUSTER = "io.github.socketioboot.cluster";

	private static final String ENGINE = "io.github.socketioboot.engine";

	/**
	 * Classes whose methods that begin with {@code await} park threads of the
	 * application, which emit faster than the link is read, or threads of their own.
	 */
	private static final Set<String> AWAITING = Set.of("LinkTransport", "ProcessLauncher", "Outbox");

	/**
	 * Methods that park the calling thread, by the type that declares them.
	 */
	private static final Map<Class<?>, Set<String>> WAITING = Map.ofEntries(
			Map.entry(Thread.class, Set.of("sleep", "join")), Map.entry(Object.class, Set.of("wait")),
			Map.entry(Future.class, Set.of("get")), Map.entry(CompletableFuture.class, Set.of("join")),
			Map.entry(io.netty.util.concurrent.Future.class,
					Set.of("sync", "syncUninterruptibly", "await", "awaitUninterruptibly")),
			Map.entry(CountDownLatch.class, Set.of("await")), Map.entry(CyclicBarrier.class, Set.of("await")),
			Map.entry(Condition.class, Set.of("await", "awaitNanos", "awaitUntil", "awaitUninterruptibly")),
			Map.entry(Semaphore.class, Set.of("acquire", "acquireUninterruptibly")),
			Map.entry(BlockingQueue.class, Set.of("put", "take")),
			Map.entry(ExecutorService.class, Set.of("awaitTermination", "invokeAll", "invokeAny", "close")),
			Map.entry(LockSupport.class, Set.of("park", "parkNanos", "parkUntil")));

	/**
	 * Endings that say nothing about what a type is.
	 */
	private static final List<String> EMPTY_WORDS = List.of("Util", "Utils", "Helper", "Impl", "Common", "Processor");

	@ArchTest
	static final ArchRule onlyRedisKnowsSpring = noClasses().that()
		.resideOutsideOfPackage(CLUSTER + ".redis..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule worksWithAnyRedisClient = noClasses().that()
		.haveNameNotMatching(".*\\.(Lettuce\\w+|RedisAddress)(\\$\\w+)?")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.lettuce..", "redis.clients..", "org.springframework.data.redis.connection.lettuce..",
				"org.springframework.data.redis.connection.jedis..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule doesNotKnowNettySocketIo = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.corundumstudio..", ENGINE + ".bridge..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule doesNotKnowJackson2 = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule localAndRedisDoNotKnowEachOther = slices().matching(CLUSTER + ".(local|redis)..")
		.should()
		.notDependOnEachOther()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule supervisorKnowsNothingElse = noClasses().that()
		.resideInAPackage(CLUSTER + ".supervisor..")
		.should()
		.dependOnClassesThat(Predicates.resideInAPackage(ENGINE + "..")
			.or(Predicates.resideInAPackage(CLUSTER + "..")
				.and(DescribedPredicate.not(Predicates.resideInAPackage(CLUSTER + ".supervisor..")))))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule messagesKnowTheEngineOnly = noClasses().that()
		.resideInAPackage(CLUSTER + ".message..")
		.should()
		.dependOnClassesThat(Predicates.resideInAPackage(CLUSTER + "..")
			.and(DescribedPredicate.not(Predicates.resideInAPackage(CLUSTER + ".message.."))))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule adaptersDoNotKnowTheWay = noClasses().that()
		.resideInAPackage(CLUSTER)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(CLUSTER + ".link..", CLUSTER + ".local..", CLUSTER + ".primary..",
				CLUSTER + ".supervisor..", CLUSTER + ".redis..", CLUSTER + ".memory..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule primaryRelaysUnread = noClasses().that()
		.resideInAPackage(CLUSTER + ".primary..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(CLUSTER, CLUSTER + ".message..", CLUSTER + ".local..", ENGINE + ".adapter..",
				ENGINE + ".namespace..", ENGINE + ".session..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching(CLUSTER + ".(**)")
		.should()
		.beFreeOfCycles()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule nothingWaits = noClasses().should().callMethodWhere(waits()).allowEmptyShould(true);

	@ArchTest
	static final ArchRule channelHandlersAreNotPublic = classes().that()
		.areAssignableTo(ChannelHandler.class)
		.should()
		.notBePublic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule packagesAreNullMarked = classes().should(resideInNullMarkedPackages()).allowEmptyShould(true);

	@ArchTest
	static final ArchRule namesSayWhatATypeIs = noClasses().should(haveEmptyWordsInTheirNames()).allowEmptyShould(true);

	private static DescribedPredicate<JavaMethodCall> waits() {
		return DescribedPredicate.describe("the calling thread is parked",
				(call) -> !mayWait(call) && WAITING.entrySet()
					.stream()
					.anyMatch((entry) -> entry.getValue().contains(call.getName())
							&& call.getTargetOwner().isAssignableTo(entry.getKey())));
	}

	private static boolean mayWait(JavaMethodCall call) {
		return AWAITING.contains(outermost(call.getOriginOwner()).getSimpleName())
				&& call.getOrigin().getName().startsWith("await");
	}

	private static JavaClass outermost(JavaClass type) {
		return type.getEnclosingClass().map(ArchitectureTests::outermost).orElse(type);
	}

	private static ArchCondition<JavaClass> resideInNullMarkedPackages() {
		return new ArchCondition<>("reside in a package that is @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
					events.add(SimpleConditionEvent.violated(type,
							type.getPackageName() + " has no package-info.java with @NullMarked"));
				}
			}

		};
	}

	private static ArchCondition<JavaClass> haveEmptyWordsInTheirNames() {
		return new ArchCondition<>("end with one of " + EMPTY_WORDS) {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (EMPTY_WORDS.stream().anyMatch(type.getSimpleName()::endsWith)) {
					events.add(SimpleConditionEvent.satisfied(type, type.getName() + " says nothing about what it is"));
				}
			}

		};
	}

}
