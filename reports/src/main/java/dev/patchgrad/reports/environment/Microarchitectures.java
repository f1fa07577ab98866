package dev.patchgrad.reports.environment;

import java.util.Properties;

/** Names of microarchitectures that OSHI's table lacks, or gives differently. */
final class Microarchitectures {
  private Microarchitectures() {}

  /**
   * The name by vendor, family and model.
   *
   * @param vendor as the processor names itself
   * @param family decimal
   * @param model decimal
   * @param otherwise the name where this table has no entry
   * @return the name
   */
  static String name(String vendor, String family, String model, String otherwise) {
    Properties table = PropertiesResource.read("microarchitectures.properties");
    return table.getProperty(vendor + "." + family + "." + model, otherwise);
  }
}
