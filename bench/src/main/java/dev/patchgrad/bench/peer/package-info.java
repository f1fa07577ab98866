/**
 * The gradient by other libraries, as a user of each would write it well, and in C.
 *
 * <p>What belongs here: one class a library, and their list by name; the C sources are in {@code
 * bench/src/main/c}. What does not: a kernel of this project, and EJML, which is one of the core's
 * own kernels. This room uses the core's {@code network} and {@code kernel}, of {@code problem}
 * what says that this machine lacks something, and the names that the reports know peers by; netlib
 * and ojAlgo are used here alone.
 */
@NullMarked
package dev.patchgrad.bench.peer;

import org.jspecify.annotations.NullMarked;
