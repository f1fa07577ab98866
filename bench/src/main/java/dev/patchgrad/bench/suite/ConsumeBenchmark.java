package dev.patchgrad.bench.suite;

import dev.patchgrad.bench.problem.BadParametersException;
import dev.patchgrad.bench.problem.ParameterReader;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A yardstick for duels: JMH's own loop over tokens, which takes 3 % longer for 3 % more of them.
 * Not part of the default run.
 */
public class ConsumeBenchmark extends Suite {
  /** Tokens that a call consumes. */
  @Param("10000")
  public int tokens;

  /** A state without parameters: JMH sets them, then calls {@link #setUp}. */
  public ConsumeBenchmark() {}

  /**
   * Checks the parameter.
   *
   * @throws BadParametersException if there is no token
   */
  @Setup
  public void setUp() throws BadParametersException {
    check(Map.of("tokens", Integer.toString(tokens)));
  }

  /** Refuses counts below 1. */
  static void check(Map<String, String> params) throws BadParametersException {
    ParameterReader reader = new ParameterReader(params);
    reader.count("tokens");
    reader.requireSound();
  }

  /** Consumes the tokens. */
  @Benchmark
  public void consume() {
    Blackhole.consumeCPU(tokens);
  }
}
