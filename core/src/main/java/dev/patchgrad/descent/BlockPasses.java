package dev.patchgrad.descent;

import dev.patchgrad.choice.Choice;
import dev.patchgrad.choice.KernelChooser;
import dev.patchgrad.choice.Workload;
import dev.patchgrad.kernel.BlockSums;
import dev.patchgrad.kernel.GradientSums;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.PatchBatch;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.SampleBlock;
import dev.patchgrad.network.Student;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sums over a data set, a block at a time: of all samples, or of one mini-batch after the other. It
 * has a position in the data, and between {@link #begin} and {@link #end} threads that read ahead.
 */
final class BlockPasses implements SummedSamples {
  private final DataSet data;
  private final double lossAtZero;
  private final int readers;
  private final Optional<MiniBatchPlan> plan;
  private final PassWatch watch;
  private BooleanSupplier cancelled = () -> false;

  /** Chosen for the students that come first, where nobody said one. */
  private @Nullable StudentsKernel kernel;

  private @Nullable BlockStream stream;

  /** The next pass or mini-batch. */
  private long next;

  /**
   * Sums over a data set.
   *
   * @param data to read
   * @param lossAtZero of its labels
   * @param readers threads that read ahead
   * @param kernel that calculates; none has the fastest one chosen
   * @param plan of mini-batches; none takes all samples in their order
   * @param watch told of each pass
   */
  BlockPasses(
      DataSet data,
      double lossAtZero,
      int readers,
      Optional<StudentsKernel> kernel,
      Optional<MiniBatchPlan> plan,
      PassWatch watch) {
    this.data = data;
    this.lossAtZero = lossAtZero;
    this.readers = readers;
    this.kernel = kernel.orElse(null);
    this.plan = plan;
    this.watch = watch;
  }

  @Override
  public int k() {
    return data.k();
  }

  @Override
  public int p() {
    return data.p();
  }

  @Override
  public Precision precision() {
    return data.precision();
  }

  @Override
  public double lossAtZero() {
    return lossAtZero;
  }

  /** From here on threads may read ahead, until the end. */
  void begin(BooleanSupplier signal) {
    cancelled = signal;
  }

  /** Ends the threads, if there are any; what they read is read again when it is needed. */
  void end() {
    BlockStream now = stream;
    stream = null;
    if (now != null) {
      now.close();
    }
  }

  @Override
  public List<GradientSums> sums(List<Student> students, double labelFactor) {
    StudentsKernel chosen = kernel(students.size());
    try {
      List<GradientSums> sums = pass(chosen, students, labelFactor);
      next++;
      return sums;
    } catch (IOException e) {
      end();
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
      throw LabelPass.cancelled(data + ": interrupted in a pass over it", e);
    } catch (RuntimeException | Error e) {
      end();
      throw e;
    }
  }

  private List<GradientSums> pass(StudentsKernel kernel, List<Student> students, double labelFactor)
      throws IOException, InterruptedException {
    long n = data.n();
    long before = plan.map(known -> known.before(next)).orElse(0L);
    long samples = plan.map(known -> (long) known.samples(next)).orElse(n);
    long pass = plan.map(known -> known.pass(next)).orElse(next);
    if (before == 0) {
      data.requireUnchanged();
    }
    BlockStream blocks = stream(kernel.layout());
    long number = Math.ceilDiv(samples, (long) blocks.capacity());
    BlockSums sums = BlockSums.none(number);
    long done = before;
    for (long block = 0; block < number; block++) {
      SampleBlock some = blocks.take();
      PatchBatch batch =
          labelFactor == 1 ? some.batch() : some.batch().withLabelsTimes(labelFactor);
      sums = sums.plus(BlockSums.of(block, number, kernel.sums(batch, students)));
      long now = done + some.size();
      blocks.giveBack();
      if (now == n) {
        data.requireUnchanged();
      }
      watch.tell(pass, done, now, n);
      done = now;
      if (cancelled.getAsBoolean() && done < before + samples) {
        throw new CancellationException(
            data + ": cancelled after " + done + " of " + n + " samples of a pass");
      }
    }
    return sums.total();
  }

  private BlockStream stream(Layout layout) {
    BlockStream now = stream;
    if (now == null) {
      now =
          plan.map(known -> BlockStream.inRandomOrder(data, layout, known, next))
              .orElseGet(() -> BlockStream.inOrder(data, layout, readers));
      stream = now;
    }
    return now;
  }

  private StudentsKernel kernel(int students) {
    StudentsKernel now = kernel;
    if (now == null) {
      int samples =
          BlockStream.samplesOfBlock(
              data, Layout.ROW_MAJOR, plan.map(known -> (long) known.size()).orElse(data.n()));
      // Each pass converts each block again, so that a conversion counts as for one evaluation.
      Choice choice =
          KernelChooser.ofThisMachine()
              .choose(
                  Workload.of(data.precision())
                      .k(data.k())
                      .p(data.p())
                      .n(samples)
                      .withStudents(students)
                      .withEvaluations(1));
      now = choice.createStudents();
      kernel = now;
    }
    return now;
  }

  @Override
  public String toString() {
    return data.toString();
  }
}
