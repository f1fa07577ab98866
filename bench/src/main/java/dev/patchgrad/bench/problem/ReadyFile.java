package dev.patchgrad.bench.problem;

import dev.patchgrad.data.NpyDataSet;
import dev.patchgrad.descent.Objective;
import dev.patchgrad.network.Gradient;
import dev.patchgrad.network.Student;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** A gradient over a file, ready to be measured, and the ways to read that file. */
public final class ReadyFile implements AutoCloseable {
  /** Bytes that are read at a time: they stay in the cache. */
  private static final int CHUNK = 128 * 1024;

  private final Path file;
  private final NpyDataSet data;
  private final FileChannel channel;
  private final Objective objective;
  private final List<Student> students;
  private final List<Gradient> result;
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
  private final Arena arena = Arena.ofShared();
  private final MemorySegment mapped;
  private final byte[] array = new byte[CHUNK];

  /**
   * Writes the file and opens it.
   *
   * @param problem of a cell
   * @param kernel name of the one that calculates
   * @param threads that read and calculate
   * @throws IOException if the file cannot be written or read
   */
  public ReadyFile(FileProblem problem, String kernel, int threads) throws IOException {
    this.file = problem.write();
    this.data = NpyDataSet.open(file);
    this.channel = FileChannel.open(file);
    this.mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    this.objective = Objective.dataSet(data).threads(threads).by(kernel);
    this.students = List.of(problem.part().student());
    this.result = List.of(Gradient.of(students.getFirst()));
  }

  /**
   * Computes the gradient over the whole file.
   *
   * @return the loss, which with the live arrays of the result keeps the whole call alive
   */
  public double evaluate() {
    objective.evaluate(students, result);
    return result.getFirst().loss();
  }

  /**
   * Reads the whole file by the system's calls.
   *
   * @return bytes
   * @throws IOException if it cannot be read
   */
  public long read() throws IOException {
    long at = 0;
    for (int some = channel.read(chunk.clear(), at); some >= 0; ) {
      at += some;
      some = channel.read(chunk.clear(), at);
    }
    return at;
  }

  /**
   * Copies the whole file from the memory that it is mapped to.
   *
   * @return what keeps the copies alive
   */
  public long copy() {
    long alive = 0;
    long whole = mapped.byteSize() / CHUNK * CHUNK;
    for (long at = 0; at < whole; at += CHUNK) {
      MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, at, array, 0, CHUNK);
      alive += array[0];
    }
    return alive;
  }

  /**
   * Deletes the file.
   *
   * @throws IOException if it cannot be closed or deleted
   */
  @Override
  public void close() throws IOException {
    try (arena;
        data) {
      channel.close();
    } finally {
      FileProblem.delete(file);
    }
  }
}
