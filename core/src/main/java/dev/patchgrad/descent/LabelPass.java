package dev.patchgrad.descent;

import dev.patchgrad.network.DataSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** A pass over the labels of a data set alone. */
final class LabelPass {
  /** Labels that are read at a time. */
  private static final int LABELS = 1 << 13;

  private LabelPass() {}

  /**
   * 1/(2n) of the sum of the labels' squares.
   *
   * @throws UncheckedIOException if they cannot be read
   * @throws CancellationException if this thread is interrupted, which stays set
   */
  static double lossAtZero(DataSet data) {
    long n = data.n();
    double squares = 0;
    boolean areAllZero = true;
    // By another thread: were this one interrupted while it reads, the file would be closed.
    try (ReadAhead<double[]> labels =
        new ReadAhead<>(
            List.of(new double[LABELS], new double[LABELS]),
            1,
            (number, block) -> {
              long from = number * LABELS;
              if (from < n) {
                data.readLabels(from, (int) Math.min(LABELS, n - from), block);
              }
            })) {
      data.requireUnchanged();
      for (long from = 0; from < n; from += LABELS) {
        double[] block = labels.take();
        double blockSquares = 0;
        for (int i = 0; i < Math.min(LABELS, n - from); i++) {
          blockSquares += block[i] * block[i];
          areAllZero &= block[i] == 0;
        }
        squares += blockSquares;
        labels.giveBack();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(data + ": interrupted while its labels were read", e);
    }
    // Labels whose squares all vanish are not 0: they are too small.
    return areAllZero ? 0 : Math.max(squares / (2.0 * n), Double.MIN_VALUE);
  }

  static CancellationException cancelled(String message, Throwable cause) {
    CancellationException cancelled = new CancellationException(message);
    cancelled.initCause(cause);
    return cancelled;
  }
}
