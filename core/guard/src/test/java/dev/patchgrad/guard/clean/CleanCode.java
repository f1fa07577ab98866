package dev.patchgrad.guard.clean;

import dev.patchgrad.guard.VectorHygiene;

/** Asks for the rules over a hundred clean methods. */
@VectorHygiene(classes = {CleanDoubles.class, CleanFloats.class, CleanInts.class, CleanLongs.class})
public final class CleanCode {
  private CleanCode() {}
}
