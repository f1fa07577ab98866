package dev.patchgrad.network;

/** How a student's filter follows from its parameters (Du et al. 2018, section 2). */
public enum Parametrisation {
  /** w = v / |v|: the paper's weight normalisation; gradients are with respect to v. */
  WEIGHT_NORMALISED,
  /** w itself is the parameter; gradients are with respect to w. */
  PLAIN
}
