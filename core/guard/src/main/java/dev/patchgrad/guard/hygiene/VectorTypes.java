package dev.patchgrad.guard.hygiene;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Stream;

/** Tells the types of the Vector API by their names: it need not be there. */
final class VectorTypes {
  private static final String PACKAGE = "jdk.incubator.vector";

  private VectorTypes() {}

  /** Whether it is of the Vector API. */
  static boolean isOfTheApi(ClassDesc type) {
    return type.packageName().equals(PACKAGE);
  }

  /** A vector. */
  static boolean isVector(ClassDesc type) {
    return isOfTheApi(type) && type.displayName().endsWith("Vector");
  }

  /** What lies in a register, if all goes well: a vector, a mask or a shuffle. */
  static boolean isValue(ClassDesc type) {
    return isVector(type)
        || (isOfTheApi(type)
            && (type.displayName().equals("VectorMask")
                || type.displayName().equals("VectorShuffle")));
  }

  /** A species. */
  static boolean isSpecies(ClassDesc type) {
    return isOfTheApi(type) && type.displayName().equals("VectorSpecies");
  }

  /** What an array holds in the end, or the type itself. */
  static ClassDesc element(ClassDesc type) {
    ClassDesc at = type;
    while (at.isArray()) {
      at = at.componentType();
    }
    return at;
  }

  /** What a method takes and gives, its arrays' elements for arrays. */
  static Stream<ClassDesc> crossing(MethodTypeDesc type) {
    return Stream.concat(Stream.of(type.returnType()), type.parameterList().stream())
        .map(VectorTypes::element);
  }
}
