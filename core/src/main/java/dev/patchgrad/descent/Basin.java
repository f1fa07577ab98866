package dev.patchgrad.descent;

/**
 * Which critical point population gradient descent goes to from where it is: how a run came out.
 *
 * <p>It is decided by the place, not by how near the point came: towards the spurious point pi -
 * phi falls as 1/t alone, so that no distance would ever be small. {@link Reduction} says when, and
 * proves it: to the spurious point if a^T a* &lt; 0 and phi is beyond the saddle's angle phi_s, to
 * the teacher if a^T a* &gt; 0 and phi is before it, with a margin for what 1^T a still lacks to
 * its equilibrium. The proof is for weight normalisation. A plain student is judged as the same
 * network in normalised form, and a descent on a batch as if the batch were the population: as near
 * to the truth as the two losses are.
 */
public enum Basin {
  /** It goes to the teacher. */
  GLOBAL,
  /** It goes to the spurious point, phi = pi. */
  SPURIOUS,
  /** Nothing is proved yet: more steps decide. */
  UNDECIDED,
  /** A number is no longer finite: the step is too long. */
  DIVERGED
}
