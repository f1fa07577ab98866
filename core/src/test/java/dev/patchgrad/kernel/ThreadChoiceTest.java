package dev.patchgrad.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which calls are divided, by a clock that goes on only as far as the calls under test say. */
class ThreadChoiceTest {
  private static final int CALLS = 5000;

  private long now = 1_000_000;
  private int looks;
  private final ThreadChoice choice =
      new ThreadChoice(
          () -> {
            looks++;
            return now;
          });

  /** A call that takes so long, as it is divided or not; tells whether it is. */
  private boolean call(long whole, long divided) {
    boolean isDivided = choice.isDivided(100, 3, 5);
    now += isDivided ? divided : whole;
    choice.finished();
    return isDivided;
  }

  /** The place in a trial of the call of a number, or 8 and more outside of trials. */
  private static int turn(int call) {
    if (call >= 1024) {
      return call % 1024;
    }
    int trial = call < 16 ? 0 : Integer.highestOneBit(call);
    return call - trial;
  }

  @Test
  void trialsComeAtTheirTimesAndTheFasterWayIsTakenBetweenThem() {
    for (boolean faster : new boolean[] {true, false}) {
      ThreadChoiceTest fresh = new ThreadChoiceTest();
      for (int call = 0; call < CALLS; call++) {
        int turn = turn(call);
        boolean expected = turn < 8 ? turn >= 4 : faster;
        int before = fresh.looks;
        assertThat(fresh.call(10, faster ? 9 : 11)).as("call %d", call).isEqualTo(expected);
        // A call that nobody asks for the time of costs no look at the clock.
        assertThat(fresh.looks - before).isEqualTo(turn < 8 || expected ? 2 : 0);
      }
    }
  }

  @Test
  void whatIsAsFastIsNotDivided() {
    for (int call = 0; call < 16; call++) {
      assertThat(call(10, 10)).isEqualTo(call >= 4 && call < 8);
    }
  }

  @Test
  void theFastestCallsOfATrialCount() {
    long[] whole = {30, 10, 20, 30};
    long[] divided = {40, 11, 9, 30};
    for (int call = 0; call < 8; call++) {
      call(whole[call % 4], divided[call % 4]);
    }
    assertThat(call(10, 9)).isTrue();
    ThreadChoiceTest fresh = new ThreadChoiceTest();
    divided[2] = 10;
    for (int call = 0; call < 8; call++) {
      fresh.call(whole[call % 4], divided[call % 4]);
    }
    assertThat(fresh.call(10, 9)).isFalse();
  }

  /** Of the first eight calls, the undivided take 10 and the divided 5. */
  private void trial() {
    for (int call = 0; call < 8; call++) {
      call(10, 5);
    }
  }

  private int dividedOf(long... nanos) {
    int divided = 0;
    for (long each : nanos) {
      divided += call(10, each) ? 1 : 0;
    }
    return divided;
  }

  @Test
  void threeUndividedCallsLostEndTheDivisionUntilTheNextTrial() {
    trial();
    // However long a call takes, it counts as one that is lost.
    assertThat(dividedOf(1000, 1000, 1000, 5, 5, 5, 5, 5)).isEqualTo(3);
    trial();
    assertThat(dividedOf(5, 5, 5)).isEqualTo(3);
  }

  @Test
  void whatIsGainedIsTakenOffButNoMoreThanWasLost() {
    trial();
    // Gains before count for nothing; then 9, 18, 27, 22 and 31 are lost of 30.
    assertThat(dividedOf(5, 19, 19, 19, 5, 19, 5, 5)).isEqualTo(6);
  }

  @Test
  void aTrialForgetsWhatWasLost() {
    trial();
    assertThat(dividedOf(5, 5, 5, 5, 5, 5, 20, 20)).isEqualTo(8);
    trial();
    assertThat(dividedOf(20, 20, 5, 5, 5, 5, 5, 5)).isEqualTo(8);
  }

  @Test
  void anotherShapeIsTriedAnew() {
    for (int[] other : new int[][] {{101, 3, 5}, {100, 4, 5}, {100, 3, 6}}) {
      ThreadChoiceTest fresh = new ThreadChoiceTest();
      fresh.trial();
      assertThat(fresh.call(10, 5)).isTrue();
      assertThat(fresh.choice.isDivided(other[0], other[1], other[2])).isFalse();
      fresh.choice.finished();
      for (int call = 1; call < 8; call++) {
        assertThat(fresh.choice.isDivided(other[0], other[1], other[2])).isEqualTo(call >= 4);
        fresh.choice.finished();
      }
    }
  }
}
