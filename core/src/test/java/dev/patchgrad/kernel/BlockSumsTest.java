package dev.patchgrad.kernel;

import static dev.patchgrad.kernel.GradientSumsTest.read;
import static dev.patchgrad.kernel.GradientSumsTest.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InvalidObjectException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Blocks that come in any order, and in any groups, have one total. */
class BlockSumsTest {
  /** Numbers of so different a size that another order of adding them shows. */
  private static List<GradientSums> block(long number) {
    SplittableRandom random = new SplittableRandom(number);
    List<GradientSums> students = new ArrayList<>();
    for (int r = 0; r < 2; r++) {
      double size = Math.pow(10, random.nextInt(-8, 8));
      students.add(
          new GradientSums(
              size * random.nextDouble(),
              random.doubles(3, -size, size).toArray(),
              random.doubles(2, -size, size).toArray(),
              1 + number));
    }
    return students;
  }

  /** The tree as its definition has it: the left half is the largest power of two below. */
  private static List<GradientSums> expected(long from, long blocks) {
    if (blocks == 1) {
      return block(from);
    }
    long left = Long.highestOneBit(blocks - 1);
    List<GradientSums> sums = new ArrayList<>();
    for (int r = 0; r < 2; r++) {
      GradientSums one = expected(from, left).get(r);
      sums.add(one.plus(expected(from + left, blocks - left).get(r)));
    }
    return sums;
  }

  @Test
  void theTotalIsThatOfTheTreeWhateverTheOrderAndTheGroups() {
    Random random = new Random(1);
    for (int blocks = 1; blocks <= 33; blocks++) {
      List<GradientSums> expected = expected(0, blocks);
      for (int time = 0; time < 20; time++) {
        List<BlockSums> open = new ArrayList<>();
        for (long block = 0; block < blocks; block++) {
          open.add(BlockSums.of(block, blocks, block(block)));
        }
        Collections.shuffle(open, random);
        while (open.size() > 1) {
          BlockSums one = open.remove(random.nextInt(open.size()));
          assertThat(one.isComplete()).isFalse();
          int other = random.nextInt(open.size());
          open.set(other, open.get(other).plus(one));
        }
        assertThat(open.getFirst().isComplete()).isTrue();
        assertThat(open.getFirst().total()).as("%d blocks", blocks).isEqualTo(expected);
      }
    }
  }

  /** Without the tree the totals do differ, so that the test above can fail. */
  @Test
  void addedOneAfterTheOtherTheyHaveOtherBits() {
    GradientSums forwards = block(0).getFirst();
    GradientSums backwards = block(32).getFirst();
    for (int block = 1; block <= 32; block++) {
      forwards = forwards.plus(block(block).getFirst());
      backwards = backwards.plus(block(32 - block).getFirst());
    }
    assertThat(forwards).isNotEqualTo(backwards);
  }

  @Test
  void blocksInOrderLeaveAPieceForEachLevel() {
    BlockSums sums = BlockSums.none(1 << 20);
    for (long block = 0; block < 127; block++) {
      sums = sums.plus(BlockSums.of(block, 1 << 20, block(block)));
    }
    assertThat(sums).hasToString("BlockSums[7 pieces of 1048576 blocks]");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    BlockSums sums = BlockSums.of(2, 5, block(2)).plus(BlockSums.of(3, 5, block(3)));
    assertRefused(
        () -> sums.plus(BlockSums.of(3, 5, block(3))),
        "other: block 3 given, which is among these already; expected each once");
    assertRefused(
        () -> BlockSums.of(3, 5, block(3)).plus(sums),
        "other: block 3 given, which is among these already; expected each once");
    assertRefused(
        () -> sums.plus(BlockSums.none(6)), "other: one of 6 blocks given; expected 5 as in these");
    assertRefused(
        () -> sums.plus(BlockSums.of(0, 5, block(0).subList(0, 1))),
        "other: sums: length 1 given; expected R, the number of students = 2");
    assertRefused(() -> BlockSums.none(0), "blocks: 0 given; expected 1 to 4611686018427387904");
    assertRefused(() -> BlockSums.of(5, 5, block(5)), "block: 5 given; expected 0 to 4");
    assertRefused(() -> BlockSums.of(-1, 5, block(5)), "block: -1 given; expected 0 to 4");
    assertRefused(() -> BlockSums.of(1, 5, List.of()), "sums: size: 0 given");
    assertMissing(BlockSums.none(5), "blocks: number 0 is missing; expected 0 to 4");
    assertMissing(sums, "blocks: number 0 is missing; expected 0 to 4");
    BlockSums from0 = sums.plus(BlockSums.of(0, 5, block(0))).plus(BlockSums.of(1, 5, block(1)));
    assertMissing(from0, "blocks: number 4 is missing; expected 0 to 4");
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static void assertMissing(BlockSums sums, String message) {
    assertThat(sums.isComplete()).isFalse();
    assertThatThrownBy(sums::total).isInstanceOf(IllegalStateException.class).hasMessage(message);
  }

  @Test
  void equalOnesHaveTheSameSumsOfTheSameBlocks() {
    BlockSums sums = BlockSums.of(2, 77, block(2));
    assertThat(sums)
        .isEqualTo(BlockSums.of(2, 77, block(2)))
        .isNotEqualTo(BlockSums.of(2, 77, block(3)))
        .isNotEqualTo(BlockSums.of(3, 77, block(2)))
        .isNotEqualTo(BlockSums.of(2, 78, block(2)))
        .isNotEqualTo(BlockSums.none(77));
    BlockSums pair = BlockSums.of(0, 77, block(0)).plus(BlockSums.of(1, 77, block(1)));
    assertThat(pair).isNotEqualTo(BlockSums.of(0, 77, expected(0, 2)));
  }

  @Test
  void itTravelsAndADamagedOneIsRefused() throws Exception {
    BlockSums sums = BlockSums.of(2, 77, block(2)).plus(BlockSums.of(4, 77, block(4)));
    byte[] bytes = written(sums);
    assertThat(read(bytes)).isEqualTo(sums).hasSameHashCodeAs(sums);
    for (int at = 0; at + Long.BYTES <= bytes.length; at++) {
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
      if (buffer.getLong(at) == 77) {
        buffer.putLong(at, 4);
        assertThatThrownBy(() -> read(bytes))
            .isInstanceOf(InvalidObjectException.class)
            .hasMessage("piece: number 4 of level 0 of no tree");
        return;
      }
    }
    throw new AssertionError("77 is not there");
  }
}
