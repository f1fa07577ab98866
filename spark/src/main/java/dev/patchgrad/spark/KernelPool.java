package dev.patchgrad.spark;

import dev.patchgrad.choice.Choice;
import dev.patchgrad.choice.KernelChooser;
import dev.patchgrad.choice.Workload;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.Precision;
import java.io.Serial;
import java.io.Serializable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The kernels of one objective in one JVM of the cluster, one for each task that runs there at a
 * time. Each JVM chooses by its own machine. As a broadcast value it is made once in a JVM.
 *
 * <p>A kernel that sums across lanes gives other last digits before it is compiled: a machine that
 * comes later would change the result. In place of one, the kernel that has samples side by side is
 * taken, unless the system property of {@link KernelChooser} names it.
 */
final class KernelPool implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** The fastest kernel for one student whose order of summing is fixed. */
  private static final String STEADY = "interleaved";

  private final Precision precision;
  private final int k;
  private final int p;
  private final int n;
  private final int students;

  private final transient ConcurrentLinkedQueue<StudentsKernel> idle =
      new ConcurrentLinkedQueue<>();

  /**
   * A pool.
   *
   * @param largest the largest part of a shard
   * @param students that are evaluated together
   */
  KernelPool(ShardPart largest, int students) {
    this(largest.precision(), largest.k(), largest.p(), largest.samples(), students);
  }

  private KernelPool(Precision precision, int k, int p, int n, int students) {
    this.precision = precision;
    this.k = k;
    this.p = p;
    this.n = n;
    this.students = students;
  }

  /** Lends a kernel to a function: an idle one, or a new one. */
  <T> T with(Function<StudentsKernel, T> function) {
    StudentsKernel lent = idle.poll();
    StudentsKernel kernel = lent == null ? create() : lent;
    try {
      return function.apply(kernel);
    } finally {
      idle.add(kernel);
    }
  }

  private StudentsKernel create() {
    Workload workload = Workload.of(precision).k(k).p(p).n(n).withStudents(students);
    Choice choice = KernelChooser.ofThisMachine().choose(workload);
    boolean isAsked = System.getProperty(KernelChooser.PROPERTY) != null;
    return isAsked || Kernels.isOrderFixed(choice.kernel())
        ? choice.createStudents()
        : Kernels.createStudents(STEADY, precision);
  }

  /** With a queue of its own, which does not travel. */
  @Serial
  private Object readResolve() {
    return new KernelPool(precision, k, p, n, students);
  }
}
