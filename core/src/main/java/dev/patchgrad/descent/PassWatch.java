package dev.patchgrad.descent;

/**
 * A listener of passes, and how often it is told.
 *
 * @param listener told
 * @param every samples between two calls
 */
record PassWatch(PassListener listener, long every) {
  /** Nobody. */
  static final PassWatch NONE = new PassWatch(progress -> {}, Long.MAX_VALUE);

  /** Tells of the samples that came, where there are enough since the last time, or all. */
  void tell(long pass, long before, long samples, long n) {
    if (samples == n || before / every != samples / every) {
      listener.at(new PassProgress(pass, samples, n));
    }
  }
}
