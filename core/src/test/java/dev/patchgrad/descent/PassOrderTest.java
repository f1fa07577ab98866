package dev.patchgrad.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.SampleBlock;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The random order of mini-batches over a data set: each sample once a pass, nothing kept of n. */
class PassOrderTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 1000, 65_536, 65_537, 70_000, 131_072, 1_000_003})
  void anOrderHasEachNumberOnce(long size) {
    ChunkOrder order = new ChunkOrder(size, new SplittableRandom(3));
    BitSet seen = new BitSet();
    for (long place = 0; place < size; place++) {
      long number = order.at(place);
      assertThat(number).isBetween(0L, size - 1);
      seen.set((int) number);
    }
    assertThat(seen.cardinality()).isEqualTo((int) size);
  }

  @Test
  void aLargeOrderHasEachNumberOnceAsFarAsOneCanLook() {
    long size = (1L << 40) + 12_345;
    ChunkOrder order = new ChunkOrder(size, new SplittableRandom(3));
    Set<Long> seen = new HashSet<>();
    for (long place = 0; place < 100_000; place++) {
      long number = order.at(place * 10_994_511);
      assertThat(number).isBetween(0L, size - 1);
      assertThat(seen.add(number)).isTrue();
    }
  }

  /**
   * Beyond what is shuffled as a list: over many keys each place has each sixteenth of the numbers
   * as often, and neighbours are no neighbours.
   */
  @Test
  void aMixedOrderIsEven() {
    long size = 100_003;
    int keys = 16_000;
    for (long place : new long[] {0, 1, 50_000, size - 1}) {
      SplittableRandom random = new SplittableRandom(place);
      int[] counts = new int[16];
      int near = 0;
      for (int key = 0; key < keys; key++) {
        ChunkOrder order = new ChunkOrder(size, random);
        long number = order.at(place);
        counts[(int) (number * 16 / size)]++;
        long other = order.at(place == 0 ? 1 : place - 1);
        near += Math.abs(number - other) <= size / 100 ? 1 : 0;
      }
      // Five standard deviations of a count of probability 1/16, and of one of some 2 %.
      for (int count : counts) {
        assertThat((double) count).isCloseTo(keys / 16.0, within(5 * Math.sqrt(keys * 15) / 16));
      }
      assertThat((double) near).isCloseTo(keys * .02, within(5 * Math.sqrt(keys * .02)));
    }
  }

  @Test
  void everyOrderOfAFewIsAsLikely() {
    int number = 1200;
    Map<String, Integer> counts = new HashMap<>();
    for (int pass = 0; pass < number; pass++) {
      PassOrder order = new PassOrder(new PassOrder.Sizes(3, 1, 3), 7, pass);
      counts.merge(Arrays.toString(order.shuffled(0)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(6);
    // Five standard deviations of a count of probability 1/6.
    for (int count : counts.values()) {
      assertThat((double) count).isCloseTo(number / 6.0, within(5 * Math.sqrt(number * 5 / 36.0)));
    }
  }

  /** A seed means the same order in every release: of a list, of the network, and of a pass. */
  @Test
  void aSeedMeansTheSameOrderForEver() {
    ChunkOrder list = new ChunkOrder(1 << 16, new SplittableRandom(3));
    ChunkOrder network = new ChunkOrder(1 << 18, new SplittableRandom(3));
    PassOrder pass = new PassOrder(new PassOrder.Sizes(103, 10, 3), 5, 2);
    assertThat(LongStream.range(0, 4).map(list::at).toArray())
        .containsExactly(53308, 45350, 38316, 6152);
    assertThat(LongStream.range(0, 4).map(network::at).toArray())
        .containsExactly(15793, 70907, 13028, 1312);
    assertThat(LongStream.range(0, 11).map(pass::first).toArray())
        .containsExactly(10, 40, 80, 100, 60, 20, 0, 90, 50, 70, 30);
    assertThat(Arrays.copyOf(pass.shuffled(1), 6)).containsExactly(6, 10, 4, 2, 5, 14);
  }

  /** Chunks of 256 KiB, windows of 64 of them; a chunk is a sample at least. */
  @Test
  void aDataSetIsDividedByItsBytes() {
    assertThat(PassOrder.Sizes.of(new NumberedSamples(1L << 40, 64)))
        .isEqualTo(new PassOrder.Sizes(1L << 40, 512, 64));
    assertThat(PassOrder.Sizes.of(new NumberedSamples(1000, 64)))
        .isEqualTo(new PassOrder.Sizes(1000, 512, 2));
    assertThat(PassOrder.Sizes.of(new NumberedSamples(1000, 1 << 20)))
        .isEqualTo(new PassOrder.Sizes(1000, 1, 2));
    assertThat(PassOrder.Sizes.of(new NumberedSamples(5, 1)))
        .isEqualTo(new PassOrder.Sizes(5, 5, 1));
  }

  /** Where each window begins, wherever the short chunk is, at any n. */
  @ParameterizedTest
  @CsvSource({"103, 10, 3", "100, 10, 3", "7, 10, 1", "100000, 7, 64", "1, 1, 1", "95, 10, 5"})
  void windowsFollowEachOther(long n, int chunk, int window) {
    PassOrder.Sizes sizes = new PassOrder.Sizes(n, (int) Math.min(n, chunk), window);
    for (long pass = 0; pass < 12; pass++) {
      PassOrder order = new PassOrder(sizes, 5, pass);
      long before = 0;
      for (long each = 0; each < sizes.windows(); each++) {
        assertThat(order.before(each)).isEqualTo(before);
        long samples = 0;
        long end = Math.min(sizes.chunks(), (each + 1) * window);
        for (long place = each * window; place < end; place++) {
          samples += order.size(place);
          assertThat(order.first(place) + order.size(place)).isLessThanOrEqualTo(n);
        }
        assertThat(order.windowOf(before)).isEqualTo(each);
        assertThat(order.windowOf(before + samples - 1)).isEqualTo(each);
        assertThat(order.shuffled(each)).hasSize((int) samples);
        before += samples;
      }
      assertThat(before).isEqualTo(n).isEqualTo(order.before(sizes.windows()));
    }
  }

  /** Samples of all mini-batches of a pass, in their order. */
  private static double[] pass(NumberedSamples data, int size, long seed, long pass, int from)
      throws IOException {
    MiniBatchPlan plan = new MiniBatchPlan(data.n(), size, seed);
    SampleBlock block =
        SampleBlock.of(Precision.DOUBLE, Layout.ROW_MAJOR).k(1).p(data.p()).capacity(1000);
    double[] labels = new double[(int) (data.n() - plan.before(from))];
    int at = 0;
    try (Dealer dealer = new Dealer(data, plan, pass * plan.ofPass() + from)) {
      for (long miniBatch = from; miniBatch < plan.ofPass(); miniBatch++) {
        int left = plan.samples(miniBatch);
        while (left > 0) {
          dealer.fill(block);
          assertThat(block.size()).isEqualTo(Math.min(left, 1000));
          for (int i = 0; i < block.size(); i++) {
            labels[at] = block.batch().label(i);
            assertThat(block.batch().patch(i, 0, data.p() - 1)).isEqualTo(labels[at]);
            at++;
          }
          left -= block.size();
        }
      }
    }
    return labels;
  }

  /** One window; several, with a short chunk; samples longer than a chunk. */
  @ParameterizedTest
  @CsvSource({"1000, 3, 64", "9876, 400, 1500", "150, 70000, 7", "2300123, 1, 100000"})
  void aPassHasEachSampleOnceAndAnotherPassAnotherOrder(long n, int p, int size)
      throws IOException {
    NumberedSamples data = new NumberedSamples(n, p);
    double[] first = pass(data, size, 1, 0, 0);
    double[] second = pass(data, size, 1, 1, 0);
    for (double[] pass : new double[][] {first, second}) {
      BitSet seen = new BitSet();
      for (double label : pass) {
        seen.set((int) label);
      }
      assertThat(seen.cardinality()).isEqualTo((int) n);
    }
    assertThat(first).isNotEqualTo(second).isNotEqualTo(pass(data, size, 2, 0, 0));
    assertThat(first).isEqualTo(pass(data, size, 1, 0, 0));
    // A pass that is taken up in its middle goes on as it would have.
    int from = (int) (Math.ceilDiv(n, size) / 2);
    assertThat(pass(data, size, 1, 1, from))
        .isEqualTo(Arrays.copyOfRange(second, from * size, second.length));
  }

  /** Wherever a sample lies, it comes anywhere in a pass: the mean place is the middle. */
  @Test
  void noSampleComesEarlierThanOthersOnTheWhole() {
    PassOrder.Sizes sizes = new PassOrder.Sizes(1003, 10, 4);
    int passes = 2000;
    double[] places = new double[1003];
    for (int pass = 0; pass < passes; pass++) {
      PassOrder order = new PassOrder(sizes, 11, pass);
      for (long window = 0; window < sizes.windows(); window++) {
        int[] shuffled = order.shuffled(window);
        int[] numbers = new int[shuffled.length];
        int read = 0;
        long end = Math.min(sizes.chunks(), (window + 1) * sizes.window());
        for (long place = window * sizes.window(); place < end; place++) {
          for (int i = 0; i < order.size(place); i++) {
            numbers[read++] = (int) order.first(place) + i;
          }
        }
        for (int i = 0; i < shuffled.length; i++) {
          places[numbers[shuffled[i]]] += order.before(window) + i;
        }
      }
    }
    // A place is even over 1003: standard deviation 1003/sqrt(12); six of them of the mean, as a
    // thousand samples are looked at.
    double bound = 6 * 1003 / Math.sqrt(12.0 * passes);
    for (double sum : places) {
      assertThat(sum / passes).isCloseTo(501, within(bound));
    }
  }
}
