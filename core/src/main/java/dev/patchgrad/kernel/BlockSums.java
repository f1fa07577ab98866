package dev.patchgrad.kernel;

import dev.patchgrad.internal.Checks;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Sums of numbered blocks of samples, whose total has the same bits whatever order the blocks come
 * in, and in whatever groups: from threads, or from tasks of a cluster.
 *
 * <p>The order of adding is a binary tree over the blocks' numbers, and depends on how many blocks
 * there are alone. Only siblings of that tree are added; what has no sibling yet waits. Blocks that
 * come in order leave at most one piece for each level, log2 of their number.
 *
 * <p>It is an immutable value. It holds the sums of one student or of several, which are added each
 * for itself.
 */
public final class BlockSums implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private static final long MOST_BLOCKS = 1L << 62;

  /** How many there are in all. */
  private final long blocks;

  /** In the order of their blocks; no two are siblings. */
  private final List<Piece> pieces;

  /**
   * A node of the tree whose blocks are all there.
   *
   * @param level above the blocks
   * @param index within its level: it begins with block {@code index << level}
   * @param sums of each student
   */
  private record Piece(int level, long index, List<GradientSums> sums) implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    Piece {
      sums = List.copyOf(sums);
    }

    long first() {
      return index << level;
    }

    /** After its last block, were there as many. */
    long end() {
      return (index + 1) << level;
    }
  }

  private BlockSums(long blocks, Collection<Piece> pieces) {
    this.blocks = blocks;
    this.pieces = List.copyOf(pieces);
  }

  /**
   * No block yet: what others are added to.
   *
   * @param blocks how many there will be, at least 1
   * @return no sums
   * @throws IllegalArgumentException if there are less than 1 block, or more than 2^62
   */
  public static BlockSums none(long blocks) {
    if (blocks < 1 || blocks > MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "blocks: " + blocks + " given; expected 1 to " + MOST_BLOCKS);
    }
    return new BlockSums(blocks, List.of());
  }

  /**
   * One block and no other yet.
   *
   * @param block its number, 0 to blocks - 1
   * @param blocks how many there will be, at least 1
   * @param sums of each student, at least one, over the block's samples
   * @return that block's sums
   * @throws IllegalArgumentException if the numbers are not as above, or there is no student
   */
  public static BlockSums of(long block, long blocks, List<GradientSums> sums) {
    BlockSums none = none(blocks);
    if (block < 0 || block >= blocks) {
      throw new IllegalArgumentException(
          "block: " + block + " given; expected 0 to " + (blocks - 1));
    }
    Checks.requirePositive("sums: size", sums.size());
    NavigableMap<Long, Piece> tree = new TreeMap<>();
    none.add(tree, new Piece(0, block, sums));
    return new BlockSums(blocks, tree.values());
  }

  /**
   * These blocks and others.
   *
   * @param other of the same number of blocks and students, none of whose blocks is among these
   * @return the sums of both
   * @throws IllegalArgumentException if the numbers of blocks or students differ, or a block is
   *     there twice
   */
  public BlockSums plus(BlockSums other) {
    if (other.blocks != blocks) {
      throw new IllegalArgumentException(
          "other: one of " + other.blocks + " blocks given; expected " + blocks + " as in these");
    }
    if (!pieces.isEmpty() && !other.pieces.isEmpty()) {
      requireStudents(pieces.getFirst(), other.pieces.getFirst());
    }
    NavigableMap<Long, Piece> tree = new TreeMap<>();
    for (Piece piece : pieces) {
      tree.put(piece.first(), piece);
    }
    for (Piece piece : other.pieces) {
      add(tree, piece);
    }
    return new BlockSums(blocks, tree.values());
  }

  /** Puts a piece in, and adds siblings for as long as there are any. */
  private void add(NavigableMap<Long, Piece> tree, Piece given) {
    requireNew(tree, given);
    Piece piece = given;
    while (piece.level < levels(blocks)) {
      Piece sibling = tree.get((piece.index ^ 1) << piece.level);
      boolean isAlone = piece.index % 2 == 0 && piece.end() >= blocks;
      if (!isAlone && (sibling == null || sibling.level != piece.level)) {
        break;
      }
      List<GradientSums> sums = piece.sums;
      if (!isAlone && sibling != null) {
        tree.remove(sibling.first());
        sums = piece.index % 2 == 0 ? total(piece, sibling) : total(sibling, piece);
      }
      piece = new Piece(piece.level + 1, piece.index / 2, sums);
    }
    tree.put(piece.first(), piece);
  }

  private static void requireNew(NavigableMap<Long, Piece> tree, Piece piece) {
    Map.Entry<Long, Piece> before = tree.floorEntry(piece.first());
    Map.Entry<Long, Piece> after = tree.ceilingEntry(piece.first());
    if (before != null && before.getValue().end() > piece.first()) {
      throw twice(piece.first());
    }
    if (after != null && after.getKey() < piece.end()) {
      throw twice(after.getKey());
    }
  }

  private static IllegalArgumentException twice(long block) {
    return new IllegalArgumentException(
        "other: block " + block + " given, which is among these already; expected each once");
  }

  /** Of the tree, above the blocks. */
  private static int levels(long blocks) {
    return Long.SIZE - Long.numberOfLeadingZeros(blocks - 1);
  }

  private static void requireStudents(Piece these, Piece other) {
    Checks.requireLength(
        "other: sums", other.sums.size(), these.sums.size(), "R, the number of students");
  }

  private static List<GradientSums> total(Piece left, Piece right) {
    requireStudents(left, right);
    List<GradientSums> totals = new ArrayList<>();
    for (int r = 0; r < left.sums.size(); r++) {
      totals.add(left.sums.get(r).plus(right.sums.get(r)));
    }
    return totals;
  }

  /**
   * Whether every block is there.
   *
   * @return whether {@link #total} gives sums
   */
  public boolean isComplete() {
    return pieces.size() == 1 && pieces.getFirst().level == levels(blocks);
  }

  /**
   * The sums over all blocks.
   *
   * @return of each student
   * @throws IllegalStateException if a block is missing; the message names the first
   */
  public List<GradientSums> total() {
    if (!isComplete()) {
      long missing = 0;
      for (Piece piece : pieces) {
        if (piece.first() > missing) {
          break;
        }
        missing = piece.end();
      }
      throw new IllegalStateException(
          "blocks: number " + missing + " is missing; expected 0 to " + (blocks - 1));
    }
    return pieces.getFirst().sums;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockSums sums && blocks == sums.blocks && pieces.equals(sums.pieces);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(blocks) + pieces.hashCode();
  }

  @Override
  public String toString() {
    return "BlockSums[" + pieces.size() + " pieces of " + blocks + " blocks]";
  }

  /**
   * Refuses what no program of this class wrote.
   *
   * @param in the stream
   * @throws IOException if it cannot be read, or such sums cannot be
   * @throws ClassNotFoundException if a class of the stream is not there
   */
  @Serial
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    try {
      BlockSums again = none(blocks);
      NavigableMap<Long, Piece> tree = new TreeMap<>();
      for (Piece piece : pieces) {
        if (piece.level < 0
            || piece.level > levels(blocks)
            || piece.index < 0
            || piece.index > (blocks - 1) >> piece.level) {
          throw new IllegalArgumentException(
              "piece: number " + piece.index + " of level " + piece.level + " of no tree");
        }
        again.add(tree, piece);
      }
      if (!pieces.equals(new ArrayList<>(tree.values()))) {
        throw new IllegalArgumentException("pieces: siblings given; expected them added");
      }
    } catch (IllegalArgumentException e) {
      InvalidObjectException refused = new InvalidObjectException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }
}
