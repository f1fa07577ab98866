package dev.patchgrad.spark;

import dev.patchgrad.descent.BasinCounts;
import dev.patchgrad.descent.ReducedDescent;
import dev.patchgrad.descent.ReducedStarts;
import dev.patchgrad.descent.Reduction;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The share of random starts from which population gradient descent reaches the global minimum (Du
 * et al. 2018, Table 1), over a grid of k, rho = (1^T a*)^2 / |a*|^2 and |a*|^2, with |w*| = 1 and
 * starts of |v| = 1: as one job of a cluster.
 *
 * <p>A start depends on the seed and its index alone, so the counts are the same on one machine and
 * on many, whatever is lost on the way. For one |a*|^2 they are those of the paper's experiments in
 * this project's suites, for the same seed.
 */
public final class SuccessStudy {
  /** Starts that share a generator. Part of what a seed means: a change gives other starts. */
  private static final int BLOCK = 500;

  /** Of tasks for each core: some cells take far more steps than others. */
  private static final int TASKS_OF_A_CORE = 16;

  private static final double FILTER_NORM = 1;

  private final Settings settings;

  /**
   * What is asked.
   *
   * @param k patches, each at least 1
   * @param rho each 0 to the smallest k
   * @param squares |a*|^2, each above 0
   * @param p dimension of a patch, at least 2
   * @param stepSize eta, below the stable bound of each k and |a*|^2
   * @param starts of each cell, at least 1
   * @param mostSteps of a start, at least 1; one that is not decided by then counts as undecided
   * @param seed any
   */
  public record Settings(
      List<Integer> k,
      List<Double> rho,
      List<Double> squares,
      int p,
      double stepSize,
      int starts,
      int mostSteps,
      long seed)
      implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if a list is empty or a value is not as above; the message
     *     names it
     */
    public Settings {
      k = List.copyOf(k);
      rho = List.copyOf(rho);
      squares = List.copyOf(squares);
      require(!k.isEmpty(), "k", k, "at least one value");
      require(!rho.isEmpty(), "rho", rho, "at least one value");
      require(!squares.isEmpty(), "squares", squares, "at least one value");
      require(p >= 2, "p", p, "at least 2, or the filter cannot turn");
      require(starts >= 1, "starts", starts, "at least 1");
      require(mostSteps >= 1, "mostSteps", mostSteps, "at least 1");
      for (int patches : k) {
        require(patches >= 1, "k", patches, "at least 1");
        for (double ratio : rho) {
          boolean isWithin = ratio >= (patches == 1 ? 1 : 0) && ratio <= patches;
          require(isWithin, "rho", ratio, "0 to k = " + patches + ", and 1 where k is 1");
          for (double square : squares) {
            require(square > 0 && square < Double.MAX_VALUE, "squares", square, "above 0, finite");
            double bound = new Reduction(patches, 1, 0, square, 1).stableBound(FILTER_NORM);
            require(
                stepSize > 0 && stepSize < bound,
                "stepSize",
                stepSize,
                "above 0 and below " + bound + ", the stable bound of k = " + patches);
          }
        }
      }
    }

    private static void require(boolean holds, String name, Object value, String expected) {
      if (!holds) {
        throw new IllegalArgumentException(name + ": " + value + " given; expected " + expected);
      }
    }

    private int cells() {
      return squares.size() * k.size() * rho.size();
    }

    private int blocksOfACell() {
      return Math.ceilDiv(starts, BLOCK);
    }

    /** All blocks of starts, cell by cell. */
    private long blocks() {
      return (long) cells() * blocksOfACell();
    }

    /** The descent of a cell; 1^T a* is at least 0. */
    private Reduction reduction(int cell) {
      double square = squares.get(cell / (k.size() * rho.size()));
      double ratio = rho.get(cell % rho.size());
      return new Reduction(
          k.get(cell / rho.size() % k.size()), 1, Math.sqrt(ratio * square), square, stepSize);
    }

    private Cell cell(int index, BasinCounts counts) {
      return new Cell(
          k.get(index / rho.size() % k.size()),
          rho.get(index % rho.size()),
          squares.get(index / (k.size() * rho.size())),
          counts);
    }
  }

  /**
   * Where the starts of one teacher went.
   *
   * @param k patches
   * @param rho of the teacher
   * @param squares |a*|^2
   * @param counts of the starts
   */
  public record Cell(int k, double rho, double squares, BasinCounts counts) {
    /**
     * The share of starts that reach the global minimum; what is undecided did not.
     *
     * @return 0 to 1
     */
    public double share() {
      return (double) counts.global() / counts.starts();
    }
  }

  /**
   * Blocks of starts that one task takes.
   *
   * @param settings of the study
   * @param from the first
   * @param to after the last
   */
  private record Range(Settings settings, long from, long to) implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    /** The counts of each cell that the range touches. */
    List<Part> descend() {
      SplittableRandom root = new SplittableRandom(settings.seed);
      // The generator of a block is the one that the root splits off in its turn.
      for (long before = 0; before < from; before++) {
        root.split();
      }
      List<Part> parts = new ArrayList<>();
      int blocks = settings.blocksOfACell();
      for (long block = from; block < to; block++) {
        int cell = (int) (block / blocks);
        int first = (int) (block % blocks) * BLOCK;
        BasinCounts counts =
            descend(
                settings.reduction(cell), root.split(), Math.min(BLOCK, settings.starts - first));
        if (!parts.isEmpty() && parts.getLast().cell == cell) {
          parts.set(parts.size() - 1, new Part(cell, parts.getLast().counts.plus(counts)));
        } else {
          parts.add(new Part(cell, counts));
        }
      }
      return parts;
    }

    private BasinCounts descend(Reduction reduction, SplittableRandom generator, int starts) {
      return ReducedDescent.of(reduction)
          .descend(
              ReducedStarts.of(reduction, settings.p, generator, FILTER_NORM)::next,
              starts,
              settings.mostSteps);
    }
  }

  /** Counts of some starts of a cell. */
  private record Part(int cell, BasinCounts counts) implements Serializable {
    @Serial private static final long serialVersionUID = 1;
  }

  private SuccessStudy(Settings settings) {
    this.settings = settings;
  }

  /**
   * A study.
   *
   * @param settings what is asked
   * @return the study, which {@link #run} does
   */
  public static SuccessStudy of(Settings settings) {
    return new SuccessStudy(settings);
  }

  /**
   * Does it on a cluster.
   *
   * @param spark the cluster; its executors need the Vector API
   * @return the cells, by |a*|^2, then k, then rho
   * @throws IllegalStateException if the cluster fails, with Spark's exception as the cause
   */
  public List<Cell> run(JavaSparkContext spark) {
    long most = (long) TASKS_OF_A_CORE * spark.defaultParallelism();
    int tasks = Math.toIntExact(Math.min(settings.blocks(), most));
    List<Range> ranges = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      ranges.add(new Range(settings, border(task, tasks), border(task + 1, tasks)));
    }
    return cells(Jobs.run(() -> spark.parallelize(ranges, tasks).map(Range::descend).collect()));
  }

  private long border(int task, int tasks) {
    // Rounded down, without a product that leaves a long's range.
    long whole = settings.blocks() / tasks;
    return whole * task + settings.blocks() % tasks * task / tasks;
  }

  /**
   * Does it in this JVM, on this thread.
   *
   * @return the same cells as on any cluster
   */
  public List<Cell> runHere() {
    return cells(List.of(new Range(settings, 0, settings.blocks()).descend()));
  }

  private List<Cell> cells(List<List<Part>> all) {
    List<BasinCounts> counts = new ArrayList<>();
    for (int cell = 0; cell < settings.cells(); cell++) {
      counts.add(BasinCounts.NONE);
    }
    for (List<Part> parts : all) {
      for (Part part : parts) {
        counts.set(part.cell, counts.get(part.cell).plus(part.counts));
      }
    }
    List<Cell> cells = new ArrayList<>();
    for (int cell = 0; cell < counts.size(); cell++) {
      cells.add(settings.cell(cell, counts.get(cell)));
    }
    return cells;
  }
}
