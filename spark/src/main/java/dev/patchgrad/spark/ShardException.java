package dev.patchgrad.spark;

import java.io.Serial;

/** A shard that cannot be used: what travels from the machine that found it to the driver. */
final class ShardException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private ShardException(String message) {
    super(message);
  }

  /** A shard that could not be read, or is no batch. */
  ShardException(Shard shard, Exception cause) {
    // The cause stays behind: its class need not be known, nor serialisable, where this arrives.
    this(
        "shard "
            + shard.number()
            + ", "
            + shard.path()
            + ": "
            + (cause instanceof IllegalArgumentException
                ? ""
                : cause.getClass().getSimpleName() + ": ")
            + cause.getMessage());
  }

  /** A shard that is other than was expected. */
  ShardException(Shard shard, String found, String expected) {
    this(
        "shard "
            + shard.number()
            + ", "
            + shard.path()
            + ": "
            + found
            + " found; expected "
            + expected);
  }
}
