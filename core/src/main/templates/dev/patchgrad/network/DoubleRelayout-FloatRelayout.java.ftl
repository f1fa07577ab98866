package dev.patchgrad.network;

import dev.patchgrad.internal.VectorApi;

/**
 * Moves ${type} patches between row-major and other layouts: a transposition for each group of
 * samples that lie side by side, a block of L1's size at a time.
 */
final class ${Type}Relayout {
  /**
   * Coordinates moved at a time: each source row then gives whole cache lines, and the block that
   * is written, of as many samples as lie side by side, stays in L1.
   */
  private static final int BLOCK = 64;

  /** Whether there are vectors for tiles; {@link ${Type}Tiles} cannot be loaded without. */
  private static final boolean TILES =
      VectorApi.isPresent() && ${Type}Tiles.fitRegisters();

  private ${Type}Relayout() {}

  /**
   * Fills a batch of another layout from rows [n][k][p] that start at an offset; what is padding
   * stays as it is.
   */
  static void fromRows(${type}[] rows, int offset, ${Type}Batch to) {
    move(rows, offset, to, false);
  }

  /** Fills rows [n][k][p] from a batch of another layout. */
  static void toRows(${Type}Batch from, ${type}[] rows) {
    move(rows, 0, from, true);
  }

  private static void move(${type}[] rows, int offset, ${Type}Batch batch, boolean toRows) {
    Layout layout = batch.layout();
    ${type}[] patches = batch.patches();
    int p = batch.p();
    int lanes = layout.lanes();
    int stored = (int) layout.storedElements(p);
    // Runs of elements that follow each other in both layouts: whole samples where nothing is
    // padded.
    int run = stored == p ? batch.k() * p : p;
    int runs = stored == p ? 1 : batch.k();
    int storedRun = stored == p ? run : stored;
    for (int first = 0; first < batch.n(); first += lanes) {
      int samples = Math.min(lanes, batch.n() - first);
      for (int part = 0; part < runs; part++) {
        int row = offset + (first * runs + part) * run;
        int group = batch.offset() + (first / lanes * runs + part) * storedRun * lanes;
        if (lanes == 1) {
          copy(patches, group, rows, row, run, toRows);
        } else {
          transpose(patches, group, lanes, rows, row, runs * run, samples, run, toRows);
        }
      }
    }
  }

  private static void copy(
      ${type}[] patches, int at, ${type}[] rows, int row, int run, boolean toRows) {
    if (toRows) {
      System.arraycopy(patches, at, rows, row, run);
    } else {
      System.arraycopy(rows, row, patches, at, run);
    }
  }

  /** One run of a group's samples, block by block. */
  private static void transpose(
      ${type}[] patches,
      int group,
      int lanes,
      ${type}[] rows,
      int row,
      int stride,
      int samples,
      int run,
      boolean toRows) {
    for (int block = 0; block < run; block += BLOCK) {
      int columns = Math.min(BLOCK, run - block);
      int at = group + block * lanes;
      if (toRows) {
        transpose(patches, at, lanes, columns, samples, rows, row + block, stride);
      } else {
        transpose(rows, row + block, stride, samples, columns, patches, at, lanes);
      }
    }
  }

  /** Writes columns as rows, of matrices whose rows lie a stride apart. */
  private static void transpose(
      ${type}[] from,
      int at,
      int stride,
      int rows,
      int columns,
      ${type}[] to,
      int toAt,
      int toStride) {
    int tiledRows = TILES ? rows - rows % ${Type}Tiles.SIZE : 0;
    int tiledColumns = TILES ? columns - columns % ${Type}Tiles.SIZE : 0;
    if (tiledRows > 0 && tiledColumns > 0) {
      ${Type}Tiles.transpose(from, at, stride, tiledRows, tiledColumns, to, toAt, toStride);
    }
    for (int row = 0; row < rows; row++) {
      int done = row < tiledRows ? tiledColumns : 0;
      if (done < columns) {
        int target = toAt + row + done * toStride;
        scatter(from, at + row * stride + done, to, target, columns - done, toStride);
      }
    }
  }

  private static void scatter(
      ${type}[] from, int source, ${type}[] to, int target, int count, int stride) {
    for (int c = 0; c < count; c++) {
      to[target + c * stride] = from[source + c];
    }
  }
}
