package dev.patchgrad.internal;

import java.util.Optional;

/**
 * EJML's dense matrices, by precision: two jars, either of which may be absent.
 *
 * <p>Both hold the same packages, so no module can require them. Where core is a module, it reads
 * them at run time instead, whether they lie on the class path or are modules themselves.
 */
public enum Ejml {
  /** The jar of float matrices. */
  FLOAT("ejml-fdense", "org.ejml.dense.row.CommonOps_FDRM"),
  /** The jar of double matrices. */
  DOUBLE("ejml-ddense", "org.ejml.dense.row.CommonOps_DDRM");

  private final String jar;
  private final boolean present;

  Ejml(String jar, String operations) {
    this.jar = jar;
    // Interfaces and the matrices themselves are in a third jar, ejml-core, which both bring.
    this.present = reads("org.ejml.data.Matrix") && reads(operations);
  }

  private static boolean reads(String name) {
    try {
      Class<?> found = Class.forName(name, false, Ejml.class.getClassLoader());
      Ejml.class.getModule().addReads(found.getModule());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /**
   * Why its classes cannot be used.
   *
   * @return empty where they can
   */
  public Optional<Lack> missing() {
    return present
        ? Optional.empty()
        : Optional.of(
            new Lack(
                "this JVM was started without " + jar,
                "add org.ejml:" + jar + " to the class path"));
  }
}
