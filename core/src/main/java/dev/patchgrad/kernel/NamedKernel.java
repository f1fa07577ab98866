package dev.patchgrad.kernel;

import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What each kernel says of itself, whatever it computes (name, precision, layout), and the refusal
 * of a second thread: a kernel owns scratch space, and two calls at once would mix their sums.
 */
abstract class NamedKernel {
  private final String name;
  private final Precision precision;
  private final Layout layout;

  /** The thread of the call at hand; null between calls. */
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

  NamedKernel(String name, Precision precision, Layout layout) {
    this.name = name;
    this.precision = precision;
    this.layout = layout;
  }

  /**
   * Begins a call, which {@link #leave} ends.
   *
   * @throws IllegalStateException if another call is under way; that one goes on undisturbed
   */
  final void enter() {
    if (!user.compareAndSet(null, Thread.currentThread())) {
      Thread other = user.get();
      // lint: the call ends here
      throw new IllegalStateException(
          "kernel: '"
              + name
              + "' is in use by thread '"
              + (other == null ? "another" : other.getName())
              + "'; expected one call at a time, so a kernel for each thread");
    }
  }

  @Override
  public final String toString() {
    return name + "[" + precision.label() + ", " + layout + ", " + resolved() + "]";
  }

  /**
   * What this JVM made of it: lanes, species.
   *
   * @return a line for a log, such as {@code 8 lanes of 64 bits}
   */
  public abstract String resolved();

  /** Ends a call. A plain store will do: what the call wrote is seen by who enters next. */
  final void leave() {
    user.setRelease(null);
  }

  /**
   * The name that options and reports know it by.
   *
   * @return the name
   */
  public final String name() {
    return name;
  }

  /**
   * The precision of the batches that it takes and of its lanes.
   *
   * @return the precision
   */
  public final Precision precision() {
    return precision;
  }

  /**
   * The layout of the batches that it takes.
   *
   * @return the layout
   */
  public final Layout layout() {
    return layout;
  }
}
