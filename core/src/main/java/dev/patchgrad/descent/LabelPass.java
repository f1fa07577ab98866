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
            List.of(
                (number, block) -> {
                  long from = number * LABELS;
                  data.readLabels(from, (int) Math.min(LABELS, n - from), block);
                }),
            Math.ceilDiv(n, LABELS))) {
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
    return LabelScale.lossAtZero(squares, n, areAllZero);
  }

  static CancellationException cancelled(String message, Throwable cause) {
    CancellationException cancelled = new CancellationException(message);
    cancelled.initCause(cause);
    return cancelled;
  }
}
