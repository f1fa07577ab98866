package dev.patchgrad.descent;

import dev.patchgrad.choice.Choice;
import dev.patchgrad.choice.KernelChooser;
import dev.patchgrad.choice.Workload;
import dev.patchgrad.kernel.BlockSums;
import dev.patchgrad.kernel.GradientSums;
import dev.patchgrad.kernel.Kernels;
import dev.patchgrad.kernel.StudentsKernel;
import dev.patchgrad.network.DataSet;
import dev.patchgrad.network.Layout;
import dev.patchgrad.network.Precision;
import dev.patchgrad.network.SampleBlock;
import dev.patchgrad.network.Student;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sums over a data set, a block at a time: of all samples, or of one mini-batch after the other. It
 * has a position in the data, and between {@link #begin} and {@link #end} memory, and threads.
 */
final class BlockPasses implements SummedSamples {
  /**
   * Blocks that a thread takes at a time, so that handing their sums over is lost in them. Sums do
   * not depend on it.
   */
  private static final long RUN = 8;

  private final DataSet data;
  private final double lossAtZero;
  private final int threads;
  private final Optional<String> kernelName;
  private final Optional<MiniBatchPlan> plan;
  private final PassWatch watch;
  private BooleanSupplier cancelled = () -> false;

  /** Makes the kernel, which is chosen for the students that come first where nobody named one. */
  private @Nullable Supplier<StudentsKernel> kernel;

  /** One for each thread, as soon as there is a pass over all samples. */
  private List<BlockWorker> workers = List.of();

  /** That of mini-batches, as soon as there is one. */
  private @Nullable StudentsKernel ofMiniBatches;

  private @Nullable MiniBatchStream stream;

  /** The next pass or mini-batch. */
  private long next;

  /** A run's sums, from the thread that calculated them to the one that adds them. */
  private static final class Slot {
    private BlockSums sums = BlockSums.none(1);
  }

  /**
   * Sums over a data set.
   *
   * @param data to read
   * @param lossAtZero of its labels
   * @param threads that read and calculate
   * @param kernelName of the kernel that calculates; none has the fastest one chosen
   * @param plan of mini-batches; none takes all samples in their order
   * @param watch told of each pass
   */
  BlockPasses(
      DataSet data,
      double lossAtZero,
      int threads,
      Optional<String> kernelName,
      Optional<MiniBatchPlan> plan,
      PassWatch watch) {
    this.data = data;
    this.lossAtZero = lossAtZero;
    this.threads = threads;
    this.kernelName = kernelName;
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

  /** From here on memory is kept and threads may read ahead, until the end. */
  void begin(BooleanSupplier signal) {
    cancelled = signal;
  }

  /** Ends the threads, if there are any; what they read is read again when it is needed. */
  void end() {
    workers = List.of();
    MiniBatchStream now = stream;
    stream = null;
    if (now != null) {
      now.close();
    }
  }

  @Override
  public List<GradientSums> sums(List<Student> students, double labelFactor) {
    try {
      List<GradientSums> sums =
          plan.isEmpty()
              ? ofAll(students, labelFactor)
              : ofMiniBatch(plan.get(), students, labelFactor);
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

  /** Each thread reads a run of blocks and sums over it; this one adds the sums. */
  private List<GradientSums> ofAll(List<Student> students, double labelFactor)
      throws IOException, InterruptedException {
    if (workers.isEmpty()) {
      Supplier<StudentsKernel> made = kernel(students.size(), data.n());
      workers = Stream.generate(() -> new BlockWorker(data, made.get())).limit(threads).toList();
    }
    BlockWorker any = workers.getFirst();
    long number = any.blocks();
    long run = Math.clamp(number / (4L * threads), 1, RUN);
    List<ReadAhead.Filling<Slot>> fillings =
        workers.stream()
            .map(
                worker ->
                    (ReadAhead.Filling<Slot>)
                        (each, slot) ->
                            slot.sums =
                                worker.sums(
                                    each * run,
                                    Math.min(number, (each + 1) * run),
                                    students,
                                    labelFactor))
            .toList();
    BlockSums sums = BlockSums.none(number);
    List<Slot> slots = Stream.generate(Slot::new).limit(2L * threads).toList();
    try (ReadAhead<Slot> runs = new ReadAhead<>(slots, fillings, Math.ceilDiv(number, run))) {
      for (long from = 0; from < number; from += run) {
        sums = sums.plus(runs.take().sums);
        runs.giveBack();
        tell(next, any.before(from), any.before(from + run), data.n());
      }
    }
    return sums.total();
  }

  /** This thread sums over blocks that others read and deal. */
  private List<GradientSums> ofMiniBatch(
      MiniBatchPlan known, List<Student> students, double labelFactor)
      throws IOException, InterruptedException {
    StudentsKernel calculating = ofMiniBatches;
    if (calculating == null) {
      calculating = kernel(students.size(), known.size()).get();
      ofMiniBatches = calculating;
    }
    long done = known.before(next);
    MiniBatchStream blocks = stream;
    if (blocks == null) {
      blocks = new MiniBatchStream(data, calculating.layout(), known, next);
      stream = blocks;
    }
    long number = Math.ceilDiv(known.samples(next), blocks.capacity());
    BlockSums sums = BlockSums.none(number);
    long end = done + known.samples(next);
    for (long block = 0; block < number; block++) {
      SampleBlock some = blocks.take();
      sums =
          sums.plus(
              BlockSums.of(
                  block, number, BlockWorker.sums(calculating, some, students, labelFactor)));
      long now = done + some.size();
      blocks.giveBack();
      tell(known.pass(next), done, now, end);
      done = now;
    }
    return sums.total();
  }

  /**
   * Tells of samples that are summed, and looks at the files when a pass is over.
   *
   * @throws CancellationException if this is to be cancelled, and not yet at its end
   */
  private void tell(long pass, long before, long now, long end) throws IOException {
    if (now == data.n()) {
      data.requireUnchanged();
    }
    watch.tell(pass, before, now, data.n());
    if (now < end && cancelled.getAsBoolean()) {
      throw new CancellationException(
          data + ": cancelled after " + now + " of " + data.n() + " samples of a pass");
    }
  }

  /**
   * What makes the kernel: the named one, or the fastest.
   *
   * @param students that come first
   * @param samples that they are evaluated on at a time
   */
  private Supplier<StudentsKernel> kernel(int students, long samples) {
    Supplier<StudentsKernel> now = kernel;
    if (now == null) {
      now =
          kernelName
              .map(name -> (Supplier<StudentsKernel>) () -> named(name, data.precision()))
              .orElseGet(() -> chosen(students, samples)::createStudents);
      kernel = now;
    }
    return now;
  }

  static StudentsKernel named(String name, Precision precision) {
    return name.equals(Kernels.STUDENTS)
        ? Kernels.createStudents(precision)
        : Kernels.createStudents(name, precision);
  }

  /** Each pass converts each block again, so that a conversion counts as for one evaluation. */
  private Choice chosen(int students, long samples) {
    return KernelChooser.ofThisMachine()
        .choose(
            Workload.of(data.precision())
                .k(data.k())
                .p(data.p())
                .n(Blocks.samples(data, Layout.ROW_MAJOR, samples))
                .withStudents(students)
                .withEvaluations(1));
  }
}
