package dev.patchgrad.descent;

import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import dev.patchgrad.network.Teacher;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The same objective for any number of threads: each call has one with scratch space of its own,
 * which is made where no other is idle.
 */
final class SharedObjective implements Objective {
  private final Supplier<? extends Objective> another;
  private final Objective first;

  /** The one that a single thread takes every time, without a queue's bookkeeping. */
  private final AtomicReference<@Nullable Objective> idle;

  private final ConcurrentLinkedQueue<Objective> moreIdle = new ConcurrentLinkedQueue<>();

  /**
   * A shared objective.
   *
   * @param another makes objectives over the same data, without a position in them
   */
  SharedObjective(Supplier<? extends Objective> another) {
    this.another = another;
    this.first = another.get();
    this.idle = new AtomicReference<>(first);
  }

  @Override
  public int k() {
    return first.k();
  }

  @Override
  public int p() {
    return first.p();
  }

  @Override
  public Optional<Teacher> teacher() {
    return first.teacher();
  }

  @Override
  public double lossAtZero() {
    return first.lossAtZero();
  }

  @Override
  public void evaluate(List<Student> students, List<Gradient> out) {
    Objective own = take();
    try {
      own.evaluate(students, out);
    } finally {
      giveBack(own);
    }
  }

  @Override
  public void evaluateSignFlips(Student start, List<Gradient> out) {
    Objective own = take();
    try {
      own.evaluateSignFlips(start, out);
    } finally {
      giveBack(own);
    }
  }

  private Objective take() {
    Objective own = idle.getAndSet(null);
    if (own == null) {
      own = moreIdle.poll();
    }
    return own == null ? another.get() : own;
  }

  private void giveBack(Objective own) {
    if (!idle.compareAndSet(null, own)) {
      moreIdle.add(own);
    }
  }
}
