package dev.patchgrad.data;

import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.DoubleBlock;
import dev.patchgrad.network.FloatBlock;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.SampleBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/**
 * Samples in two files of NumPy's, of any size, which stay on disk: patches (n, k, p), labels (n).
 *
 * <p>Both files are open until {@link #close}. Each may be of any file system of Java's. A file
 * that is replaced meanwhile is read as it was when it was opened; one that is written to is
 * refused, by {@link #requireUnchanged} or where it ends too early. They are mapped to memory where
 * the system does so: that takes addresses and no memory of its own.
 *
 * <p>Threads may share it. A thread that is interrupted while it reads closes the file, as Java's
 * channels do: let a thread read that nobody interrupts.
 */
public final class NpyDataSet implements DataSet, AutoCloseable {
  private final NpyFile patches;
  private final NpyFile labels;

  /** Of the memory that the files are mapped to. */
  private final Arena arena = Arena.ofShared();

  private final FileState patchesState;
  private final FileState labelsState;
  private final NpyElements patchElements;
  private final NpyElements labelElements;
  private final Precision precision;
  private final long n;
  private final int k;
  private final int p;

  private NpyDataSet(NpyFile patches, NpyFile labels, FileState patchesState, FileState labelsState)
      throws IOException {
    patches.requireAxes(3, "(n, k, p)");
    this.precision = patches.precision();
    patches.requireRowsInOrder();
    labels.requireAxes(1, "(n,)");
    this.n = patches.shape().get(0);
    if (n < 1) {
      throw NpyFile.refuse(patchesState.file(), "n = " + n, "n of at least 1");
    }
    long found = labels.shape().get(0);
    if (found != n) {
      throw NpyFile.refuse(
          labelsState.file(), found + " labels", n + ", one a sample of " + patchesState.file());
    }
    this.k = NpyBatch.length(patchesState.file(), "k", patches.shape().get(1));
    this.p = NpyBatch.length(patchesState.file(), "p", patches.shape().get(2));
    try {
      Layout.ROW_MAJOR.arrayLength(1, k, p);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          patchesState.file() + ": a sample is too large: " + e.getMessage(), e);
    }
    this.patches = patches;
    this.labels = labels;
    this.patchesState = patchesState;
    this.labelsState = labelsState;
    this.patchElements = patches.mapped(arena);
    this.labelElements = labels.mapped(arena);
  }

  /**
   * Opens a file of patches and the file of labels beside it, {@link NpyBatch#labelsOf}.
   *
   * @param patches file of shape (n, k, p)
   * @return the data set, to be closed
   * @throws IOException as {@link #open(Path, Path)} does
   * @throws IllegalArgumentException as {@link #open(Path, Path)} does
   */
  public static NpyDataSet open(Path patches) throws IOException {
    return open(patches, NpyBatch.labelsOf(patches));
  }

  /**
   * Opens a data set. Elements of either byte order are taken, of which the last index varies
   * fastest.
   *
   * @param patches file of shape (n, k, p), of float64, which are read as doubles, or of float32 or
   *     float16, which are read as floats; n up to what a file may hold, a sample no longer than a
   *     Java array
   * @param labels file of shape (n), of any floating-point or integer type or bool, converted to
   *     the patches' precision
   * @return the data set, to be closed
   * @throws IOException if a file cannot be read; the message names it
   * @throws IllegalArgumentException if a file is no such array, its elements are in Fortran order,
   *     the two do not fit each other, or a length is 0 or too long; the message names the file,
   *     what was found and what was expected
   */
  public static NpyDataSet open(Path patches, Path labels) throws IOException {
    // Before anything is read, so that no change since then is missed.
    FileState patchesState = FileState.of(patches);
    FileState labelsState = FileState.of(labels);
    NpyFile patchFile = NpyFile.open(patches);
    try {
      NpyFile labelFile = NpyFile.open(labels);
      try {
        return new NpyDataSet(patchFile, labelFile, patchesState, labelsState);
      } catch (IOException | RuntimeException e) {
        labelFile.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      patchFile.close();
      throw e;
    }
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public int k() {
    return k;
  }

  @Override
  public int p() {
    return p;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public void read(long from, long to, SampleBlock block) throws IOException {
    requireFits(from, to, block);
    int count = (int) (to - from);
    long first = from * k * p;
    int elements = count * k * p;
    try {
      switch (block) {
        case DoubleBlock doubles -> {
          patchElements.read(first, elements, doubles.rows(), doubles.rowsEnd());
          labelElements.read(from, count, doubles.labels(), doubles.size());
          doubles.added(count, from);
        }
        case FloatBlock floats -> {
          patchElements.read(first, elements, floats.rows(), floats.rowsEnd());
          labelElements.read(from, count, floats.labels(), floats.size());
          floats.added(count, from);
        }
      }
    } catch (IllegalArgumentException e) {
      throw NpyBatch.named(patchesState.file(), labelsState.file(), e);
    } catch (ClosedChannelException e) {
      throw closed(e);
    }
  }

  @Override
  public void readLabels(long from, int count, double[] to) throws IOException {
    requireRange(from, from + count);
    try {
      labelElements.read(from, count, to, 0);
    } catch (ClosedChannelException e) {
      throw closed(e);
    }
    for (int i = 0; i < count; i++) {
      double label = precision == Precision.FLOAT ? (float) to[i] : to[i];
      if (!Double.isFinite(label)) {
        throw NpyFile.refuse(
            labelsState.file(), "labels[" + (from + i) + "]: " + label, "a finite number");
      }
      to[i] = label;
    }
  }

  @Override
  public void requireUnchanged() throws IOException {
    if (!patches.isOpen() || !labels.isOpen()) {
      throw closed(new ClosedChannelException());
    }
    // By name: to ask the channel would close it, were this thread interrupted.
    patchesState.requireUnchanged();
    labelsState.requireUnchanged();
  }

  private IOException closed(ClosedChannelException e) {
    return new IOException(
        patchesState.file() + ": closed; expected a data set that stays open while it is read", e);
  }

  /**
   * Closes both files. Whoever reads is refused from then on, by name. Closing twice does nothing.
   *
   * @throws IOException if a file cannot be closed
   */
  @Override
  public synchronized void close() throws IOException {
    if (!arena.scope().isAlive()) {
      return;
    }
    try (arena;
        patches) {
      labels.close();
    }
  }

  @Override
  public String toString() {
    return "NpyDataSet["
        + patchesState.file()
        + ", n="
        + n
        + ", k="
        + k
        + ", p="
        + p
        + ", "
        + precision.label()
        + "]";
  }
}
