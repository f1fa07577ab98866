package dev.patchgrad.guard.planted;

import dev.patchgrad.guard.CallUnderTest;
import dev.patchgrad.guard.NoAllocation;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guarded calls that allocate, each by one fault: all of them must fail. */
@NoAllocation(forks = 1, warmUpMillis = 100)
public final class AllocatingCalls {
  private final float[] x = new float[256];
  private final Vectors.VectorInField field = new Vectors.VectorInField();
  private int calls;
  Object kept = "";

  AllocatingCalls() {}

  @Test
  void boxedHelper() {
    Vectors.BoxedHelper.sum(x);
  }

  static List<VectorSpecies<Float>> species() {
    return List.of(FloatVector.SPECIES_64, FloatVector.SPECIES_128, FloatVector.SPECIES_MAX);
  }

  @ParameterizedTest
  @MethodSource("species")
  void mixedSpecies(VectorSpecies<Float> species) {
    Vectors.MixedSpecies.sum(species, x);
  }

  static List<Vectors.Operation> operations() {
    return List.of((x, y) -> x.add(y), (x, y) -> x.sub(y), (x, y) -> x.max(y));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void pollutedProfile(Vectors.Operation operation, CallUnderTest call) throws Throwable {
    float[] prepared = x.clone();
    call.repeat(() -> Vectors.PollutedProfile.sum(operation, prepared));
  }

  @Test
  void escapingVector() {
    Vectors.EscapingVector.keep(x);
  }

  @Test
  void vectorInField() {
    field.add(x);
  }

  @ParameterizedTest
  @ValueSource(ints = 2)
  void vectorsInArray(int which) {
    Vectors.VectorsInArray.sum(x, which);
  }

  @Test
  void vectorsInList() {
    Vectors.VectorsInList.collect(x);
  }

  @Test
  void speciesNotFinal() {
    Vectors.SpeciesNotFinal.sum(x);
  }

  @Test
  void capturedVector() {
    Vectors.CapturedVector.keep(x);
  }

  @Test
  void erasedCall() {
    Vectors.ErasedCall.apply(x);
  }

  /** No vector, and not each time: 16 bytes or more in each of eight calls. */
  @Test
  void objectAtTimes() {
    if ((calls++ & 7) == 0) {
      kept = new Object();
    }
  }
}
