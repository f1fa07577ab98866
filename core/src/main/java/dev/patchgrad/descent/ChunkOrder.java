package dev.patchgrad.descent;

import java.util.SplittableRandom;

/**
 * A random order of any number of things, in memory that does not grow with it.
 *
 * <p>Up to {@value #SHUFFLED} things every order is as likely as any other. Beyond, a Feistel
 * network of eight rounds over the bits of the index mixes them: each thing still has one place,
 * and what leaves the range goes through the network again (Black and Rogaway, Ciphers with
 * arbitrary finite domains, 2002).
 */
final class ChunkOrder {
  /** So many are shuffled, as a list of their numbers: 256 KiB. */
  private static final int SHUFFLED = 1 << 16;

  private static final int ROUNDS = 8;

  private final long size;

  /** The order itself; empty where the network gives it. */
  private final int[] shuffled;

  private final long[] keys = new long[ROUNDS];
  private final int halfBits;

  /**
   * An order of the numbers from 0 to size - 1.
   *
   * @param size at least 0
   * @param random that decides it
   */
  ChunkOrder(long size, SplittableRandom random) {
    this.size = size;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, size - 1));
    this.halfBits = (bits + 1) / 2;
    this.shuffled = size <= SHUFFLED ? shuffled((int) size, random) : new int[0];
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = random.nextLong();
    }
  }

  /** The numbers 0 to size - 1, each order as likely. */
  static int[] shuffled(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /** What is at a place, 0 to size - 1. */
  long at(long place) {
    if (size <= SHUFFLED) {
      return shuffled[(int) place];
    }
    long mixed = place;
    do {
      mixed = mixed(mixed);
    } while (mixed >= size);
    return mixed;
  }

  /** One to one over all numbers of twice the half's bits. */
  private long mixed(long value) {
    long mask = (1L << halfBits) - 1;
    long left = value >>> halfBits;
    long right = value & mask;
    for (long key : keys) {
      long next = left ^ (hash(right ^ key) & mask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  /** The finaliser of SplittableRandom (Steele, Lea and Flood 2014): all bits depend on all. */
  static long hash(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
