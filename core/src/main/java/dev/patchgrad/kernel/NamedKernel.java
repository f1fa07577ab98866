package dev.patchgrad.kernel;

import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;

/** What each kernel says of itself, whatever it computes: name, precision, layout. */
abstract class NamedKernel {
  private final String name;
  private final Precision precision;
  private final Layout layout;

  NamedKernel(String name, Precision precision, Layout layout) {
    this.name = name;
    this.precision = precision;
    this.layout = layout;
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
