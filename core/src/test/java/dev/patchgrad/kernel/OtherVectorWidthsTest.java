package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchgrad.ChildJvm;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.DoubleVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the kernels' tests again in JVMs whose vectors are shorter than this machine's. */
class OtherVectorWidthsTest {
  /** JVM flags, and the width in bits that they lead to at most. */
  enum Width {
    VECTORS_OF_16_BYTES("-XX:MaxVectorSize=16", 128, false),
    VECTORS_OF_32_BYTES("-XX:MaxVectorSize=32", 256, false),
    /** No fused multiply-add either: the Vector API then computes it lane by lane. */
    NO_AVX("-XX:UseAVX=0", 128, true),
    AVX("-XX:UseAVX=1", 128, true),
    AVX2("-XX:UseAVX=2", 256, true);

    private final String flag;
    private final int bits;
    private final boolean x86;

    Width(String flag, int bits, boolean x86) {
      this.flag = flag;
      this.bits = bits;
      this.x86 = x86;
    }
  }

  private static final boolean X86 =
      List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
  private static final Map<Width, Future<ChildJvm.Outcome>> OUTCOMES = new ConcurrentHashMap<>();
  private static final ExecutorService EXECUTOR =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

  @AfterAll
  static void stop() {
    EXECUTOR.shutdownNow();
  }

  /** The next width below this machine's. */
  static Set<Width> nextBelow() {
    if (!X86) {
      return EnumSet.of(Width.VECTORS_OF_16_BYTES);
    }
    boolean isHalved = DoubleVector.SPECIES_PREFERRED.vectorBitSize() > Width.AVX2.bits;
    return EnumSet.of(isHalved ? Width.AVX2 : Width.NO_AVX);
  }

  /** Those below, and the same widths with other instructions. */
  static Set<Width> others() {
    return EnumSet.complementOf(EnumSet.copyOf(nextBelow()));
  }

  @ParameterizedTest
  @MethodSource("nextBelow")
  void theKernelsTestsPass(Width width) throws Exception {
    requirePass(width, nextBelow());
  }

  @Tag("thorough")
  @ParameterizedTest
  @MethodSource("others")
  void theKernelsTestsPassAtTheOthersToo(Width width) throws Exception {
    requirePass(width, others());
  }

  /** Starts all at once, one for each core: they share nothing. */
  private static void requirePass(Width width, Set<Width> together) throws Exception {
    assumeTrue(X86 || !width.x86, "an x86 flag");
    for (Width one : together) {
      if (X86 || !one.x86) {
        OUTCOMES.computeIfAbsent(one, any -> EXECUTOR.submit(() -> run(any)));
      }
    }
    ChildJvm.Outcome outcome = Objects.requireNonNull(OUTCOMES.get(width)).get();
    assertThat(outcome.exit()).as("%s\n%s", width.flag, outcome.text()).isZero();
    int here = DoubleVector.SPECIES_PREFERRED.vectorBitSize();
    assertThat(outcome.text()).contains("vector bits: " + Math.min(here, width.bits) + "\n");
  }

  private static ChildJvm.Outcome run(Width width) throws IOException, InterruptedException {
    return ChildJvm.run(
        KernelSuite.class,
        "--add-modules=jdk.incubator.vector",
        width.flag,
        "-Dpatchgrad.test.thin=true",
        "-Dpatchgrad.test.without-fma=" + (width == Width.NO_AVX));
  }
}
