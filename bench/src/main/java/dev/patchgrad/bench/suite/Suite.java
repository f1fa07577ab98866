package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.launch.ForkFlags;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How a suite measures where it says nothing else: operations per second, in three forks that can
 * use the Vector API.
 *
 * <p>JMH reads each value of an annotation from the nearest class that gives it, so a suite states
 * what differs and no more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 3,
    jvmArgsPrepend = {ForkFlags.VECTOR_MODULE, ForkFlags.UNSAFE, ForkFlags.NATIVE})
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
abstract class Suite {}
