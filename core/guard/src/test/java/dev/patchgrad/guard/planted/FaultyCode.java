package dev.patchgrad.guard.planted;

import dev.patchgrad.guard.VectorHygiene;

/** Asks for the rules over all planted faults. */
@VectorHygiene(classes = {Vectors.class, LargeMethod.class})
public final class FaultyCode {
  private FaultyCode() {}
}
