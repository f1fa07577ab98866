package dev.patchgrad.guard.fork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchgrad.guard.fork.Entry.Frame;
import dev.patchgrad.guard.fork.Entry.Site;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Finds C2's decision about a place among what a JVM printed: recorded lines of JDK 25. */
class InliningLogTest {
  private static final List<String> PRINTED =
      """
      1304  507       4       P::run (62 bytes)
      1307  490       3       P::run (62 bytes)   made not entrant: not used
                                    @ 3   jdk.incubator.vector.FloatVector::zero (36 bytes)   force inline by annotation
                                    @ 34   P$Op::apply (0 bytes)   failed to inline: virtual call
                                    @ 44   P::log (400 bytes)   failed to inline: hot method too big
      1310  511       3       P::other (9 bytes)
                                    @ 34   P$Op::apply (0 bytes)   failed to inline: no static binding
      1109  493       4       P::mixed (51 bytes)
        ** missing constant: vclass=DecodeN etype=ConP vlen=LoadI bitwise=ConI
                                    @ 24   jdk.incubator.vector.FloatVector::fromArray (28 bytes)   force inline by annotation
                                      @ 24   jdk.incubator.vector.FloatVector::fromArray0 (0 bytes)   failed to inline: virtual call
      1511  520       4       P::stored (51 bytes)
        ** missing constant: vclass=DecodeN etype=ConP vlen=LoadI from_ms=ConI
                                    @ 10   P::inner (30 bytes)   inline (hot)
                                      @ 20   jdk.incubator.vector.FloatVector::intoArray (48 bytes)   force inline by annotation
                                        @ 12   jdk.incubator.vector.Float512Vector::vspecies (4 bytes)   force inline by annotation   callee changed to  jdk.incubator.vector.Float256Vector::vspecies (4 bytes)   force inline by annotation   callee changed to  jdk.incubator.vector.FloatVector::intoArray (48 bytes)    \\-> TypeProfile (129/293 counts) = jdk/incubator/vector/Float256Vector   callee changed to  jdk.incubator.vector.FloatVector::intoArray (48 bytes)    \\-> TypeProfile (164/293 counts) = jdk/incubator/vector/Float512Vector
      1512  521       4       P::called (51 bytes)
                                    @ 10   P$Range::accumulate (0 bytes)   failed to inline: virtual call
      """
          .lines()
          .toList();

  private static final InliningLog LOG = new InliningLog(PRINTED);

  private static Frame frame(String method, String descriptor, int at) {
    return new Frame("P", method, descriptor, 7, at);
  }

  private static String explain(Frame... frames) {
    return LOG.explain(new Site("id", "float[]", .5, List.of(frames)));
  }

  @Test
  void ofACallOnTheStackItIsThatOfTheCall() {
    String vector = "(Ljdk/incubator/vector/FloatVector;)Ljdk/incubator/vector/FloatVector;";
    assertThat(explain(new Frame("P$A", "apply", vector, 9, 2), frame("run", "([F)F", 34)))
        .contains("objects: float[]: 50 % of all", "made in: P$A.apply(P.java:9)")
        .contains("called by P.run(P.java:7)")
        .containsOnlyOnce("C2 says: ")
        .contains("@ 34 P$Op::apply (0 bytes) failed to inline: virtual call");
  }

  @Test
  void ofAMethodItIsThoseOfItsCalls() {
    assertThat(explain(frame("run", "([F)F", 31)))
        .contains("P$Op::apply (0 bytes) failed to inline: virtual call", "P::log (400 bytes)")
        .doesNotContain("no static binding");
  }

  @Test
  void ofAnUnknownSpeciesItIsTheOperation() {
    assertThat(explain(frame("mixed", "([F)F", 24)))
        .contains("** missing constant: vclass=DecodeN", "FloatVector::fromArray0");
  }

  @Test
  void ofAVectorOfTwoClassesItIsTheCallThatMetBoth() {
    assertThat(explain(frame("inner", "([F)V", 20), frame("stored", "([F)V", 10)))
        .contains(
            "@ 12 jdk.incubator.vector.Float512Vector::vspecies in"
                + " jdk.incubator.vector.FloatVector::intoArray was compiled for each class that"
                + " it had met: Float256Vector, Float512Vector")
        .doesNotContain("missing constant");
  }

  @Test
  void ofACallThatNoVectorCrossesItIsNotSaid() {
    assertThat(explain(frame("inner", "([F)V", 20), frame("called", "([F)V", 10)))
        .doesNotContain("P$Range::accumulate");
  }

  @Test
  void whereNothingWasRefusedTheObjectEscapes() {
    assertThat(explain(frame("log", "()V", 1))).contains("the object leaves the method");
    assertThat(explain(frame("unseen", "()V", 1))).contains("did not compile P::unseen");
  }
}
